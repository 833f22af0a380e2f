package dev.aftertouch.local.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What customers do with their messages, minutes or hours later. A few have a part of their own, so
 * that each kind of answer is seen in every run; the others open and click by chance, with the same
 * chance in every run.
 */
final class Customers {
  private static final double OPENS = 0.5;
  private static final double CLICKS_WHEN_OPENED = 0.3;
  private static final double CLICKS_IN_A_TEXT = 0.12;

  private final Api api;
  private final Predicate<String> isStopped;
  private final Random chance = new Random(7);
  private final PriorityQueue<Action> planned =
      new PriorityQueue<>(Comparator.comparing(Action::at));
  private int texts;
  private int emails;

  /** Something that a customer will do; it answers whether it was possible. */
  private record Action(Instant at, String enrollment, Happening told, BooleanSupplier act) {}

  Customers(Api api, Predicate<String> isStopped) {
    this.api = api;
    this.isStopped = isStopped;
  }

  /** When the next of them does something; null when none will. */
  @Nullable Instant next() {
    Action first = planned.peek();
    return first == null ? null : first.at();
  }

  /** Lets everybody do what is due. Whose enrollment was stopped, does nothing more. */
  List<Happening> act(Instant now) {
    List<Happening> done = new ArrayList<>();
    while (!planned.isEmpty() && !planned.element().at().isAfter(now)) {
      Action action = planned.remove();
      if (!isStopped.test(action.enrollment()) && action.act().getAsBoolean()) {
        done.add(action.told());
      }
    }
    return done;
  }

  /** A message has come. */
  void receive(JsonNode message, Person person) {
    Letter letter =
        new Letter(
            message.path("provider_message_id").asString(""),
            message.path("enrollment_id").asString(""),
            Words.touch(message.path("channel").asString(""), message.path("number").asInt()),
            person.shown(),
            Instant.parse(message.path("decided_at").asString()));
    if (message.path("channel").asString("").equals("sms")) {
      text(letter, ++texts);
    } else {
      email(letter, ++emails);
    }
  }

  private record Letter(String id, String enrollment, String touch, String who, Instant at) {}

  private void text(Letter letter, int number) {
    switch (number) {
      case 6 ->
          plan(letter, 25, "writes STOP", "to " + letter.touch(), () -> reply(letter, "STOP"));
      case 11 -> answer(letter, 40, "All works, thank you!");
      case 23 -> answer(letter, 90, "Can you come again on Friday?");
      default -> {
        if (chance.nextDouble() < CLICKS_IN_A_TEXT) {
          click(letter, 5 + chance.nextInt(170));
        }
      }
    }
  }

  private void email(Letter letter, int number) {
    switch (number) {
      case 4 ->
          plan(
              letter,
              1,
              "bounces",
              "the mailbox of " + letter.touch(),
              () -> is(letter, "bounced"));
      case 9 ->
          plan(
              letter,
              55,
              "complains",
              "about " + letter.touch() + " as spam",
              () -> is(letter, "complained"));
      case 15 ->
          plan(
              letter,
              35,
              "unsubscribes",
              "on the page of " + letter.touch(),
              () -> press(letter, "/u/", ""));
      case 21 ->
          plan(
              letter,
              45,
              "gives feedback",
              "on " + letter.touch(),
              () -> press(letter, "/f/", "comment=All+good"));
      default -> {
        if (chance.nextDouble() < OPENS) {
          int minutes = 10 + chance.nextInt(230);
          plan(letter, minutes, "opens", letter.touch(), () -> is(letter, "opened"));
          if (chance.nextDouble() < CLICKS_WHEN_OPENED) {
            click(letter, minutes + 2);
          }
        }
      }
    }
  }

  private void answer(Letter letter, int minutes, String words) {
    plan(letter, minutes, "answers", "\"" + words + "\"", () -> reply(letter, words));
  }

  private void click(Letter letter, int minutes) {
    plan(letter, minutes, "clicks", "the review link in " + letter.touch(), () -> open(letter));
  }

  private void plan(Letter letter, int minutes, String what, String more, BooleanSupplier act) {
    Instant at = letter.at().plus(Duration.ofMinutes(minutes));
    Happening told = new Happening(at, Verb.CUSTOMER, what, letter.who(), more);
    planned.add(new Action(at, letter.enrollment(), told, act));
  }

  private boolean reply(Letter letter, String words) {
    return api.act(letter.id(), "reply", Map.of("body", words));
  }

  private boolean is(Letter letter, String action) {
    return api.act(letter.id(), action, Map.of());
  }

  private boolean open(Letter letter) {
    String link = link(letter, "/l/");
    return link != null && api.follow(link);
  }

  private boolean press(Letter letter, String page, String form) {
    String link = link(letter, page);
    return link != null && api.follow(link) && api.submit(link, form);
  }

  private @Nullable String link(Letter letter, String path) {
    for (JsonNode link : api.sandboxMessage(letter.id()).path("links")) {
      if (link.asString().contains(path)) {
        return link.asString();
      }
    }
    return null;
  }
}
