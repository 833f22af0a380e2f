package dev.aftertouch.local.demo;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads enrollments, refusals and the send log again and again, and tells what is new about the
 * customers of this run.
 */
final class Watching {
  private final Api api;
  private final Business business;
  private final String run;
  private final Map<String, Person> people;
  private final Tally tally;
  private final Set<String> told = new HashSet<>();
  private final Map<String, Person> byEnrollment = new LinkedHashMap<>();
  private final Map<String, List<ZoneId>> zones = new HashMap<>();
  private final Set<String> stopped = new HashSet<>();
  private final Map<String, Person> furtherJobs = new HashMap<>();
  private Standing standing = new Standing(0, false, null);

  /**
   * How it stands.
   *
   * @param active enrollments of this run that go on
   * @param busy whether one of them has a touch in the gate
   * @param nextDue when the next step of any enrollment of the business falls due
   */
  record Standing(int active, boolean busy, @Nullable Instant nextDue) {}

  Watching(Api api, Business business, String run, Map<String, Person> people, Tally tally) {
    this.api = api;
    this.business = business;
    this.run = run;
    this.people = people;
    this.tally = tally;
  }

  Standing standing() {
    return standing;
  }

  /** Whether the enrollment was stopped; who has had all touches still reads the last of them. */
  boolean isStopped(String enrollmentId) {
    return stopped.contains(enrollmentId);
  }

  /** A job that is not in the file. */
  void expect(String jobId, Person person) {
    furtherJobs.put(jobId, person);
  }

  /** Some whose enrollments go on. */
  List<Person> followedUp(int most) {
    return byEnrollment.entrySet().stream()
        .filter(entry -> !told.contains("end " + entry.getKey()))
        .map(Map.Entry::getValue)
        .limit(most)
        .toList();
  }

  /**
   * What is new.
   *
   * @param sent hears of each message that was handed over, with its customer
   */
  List<Happening> look(BiConsumer<JsonNode, Person> sent) {
    List<Happening> news = new ArrayList<>();
    refusals(news);
    enrollments(news);
    if (byEnrollment.values().stream().anyMatch(person -> !zones.containsKey(person.id()))) {
      readZones();
    }
    for (JsonNode message : api.messages(m -> byEnrollment.containsKey(text(m, "enrollment_id")))) {
      message(message, sent).ifPresent(news::add);
    }
    return news;
  }

  private void refusals(List<Happening> news) {
    for (JsonNode refusal : api.items("/api/refusals?", this::isOfThisRun)) {
      if (told.add(text(refusal, "refusal_id"))) {
        String reason = Words.plain(text(refusal, "reason"));
        tally.count(Verb.REFUSED, reason);
        Instant at = Instant.parse(text(refusal, "refused_at"));
        news.add(new Happening(at, Verb.REFUSED, reason, ofJob(text(refusal, "job_id")), ""));
      }
    }
  }

  private void enrollments(List<Happening> news) {
    int active = 0;
    boolean busy = false;
    Instant next = null;
    for (JsonNode line : api.items("/api/enrollments?", line -> true)) {
      boolean ours = isOfThisRun(line);
      if (ours) {
        enrollment(line, news);
      }
      if (text(line, "status").equals("active")) {
        Instant due = instant(line, "due_at");
        active += ours ? 1 : 0;
        busy |= ours && due == null;
        next = due == null || (next != null && next.isBefore(due)) ? next : due;
      }
    }
    standing = new Standing(active, busy, next);
  }

  private void enrollment(JsonNode line, List<Happening> news) {
    String id = text(line, "enrollment_id");
    String customer = text(line, "customer_external_id");
    Person person = people.getOrDefault(customer, new Person(customer, "", "", "", "", ""));
    if (byEnrollment.put(id, person) == null) {
      tally.count(Verb.ENROLLED, "");
      Instant at = Instant.parse(text(line, "enrolled_at"));
      news.add(new Happening(at, Verb.ENROLLED, text(line, "campaign_name"), person.shown(), ""));
    }
    Instant ended = instant(line, "ended_at");
    if (ended == null || !told.add("end " + id)) {
      return;
    }
    if (text(line, "status").equals("stopped")) {
      stopped.add(id);
      String reason = Words.plain(text(line, "stop_reason"));
      tally.count(Verb.STOPPED, reason);
      news.add(new Happening(ended, Verb.STOPPED, reason, person.shown(), ""));
    } else {
      tally.count(Verb.FINISHED, "");
      news.add(new Happening(ended, Verb.FINISHED, "all touches", person.shown(), ""));
    }
  }

  private Optional<Happening> message(JsonNode message, BiConsumer<JsonNode, Person> sent) {
    String state = text(message, "state");
    String id = text(message, "id");
    if (state.equals("claimed")
        || !told.add(id + " " + message.path("round").asInt() + " " + state)) {
      return Optional.empty();
    }
    Person person = byEnrollment.get(text(message, "enrollment_id"));
    if (person == null) {
      // Of an earlier run.
      return Optional.empty();
    }
    String channel = text(message, "channel");
    String reason = text(message, "reason");
    String touch = Words.touch(channel, message.path("number").asInt());
    Instant at = Instant.parse(text(message, "decided_at"));
    Happening happening =
        switch (state) {
          case "accepted" -> {
            sent.accept(message, person);
            yield new Happening(at, Verb.SENT, touch, person.shown(), "");
          }
          case "deferred" -> deferred(message, at, touch, person);
          case "skipped" ->
              new Happening(at, Verb.SKIPPED, touch, person.shown(), Words.skip(channel, reason));
          default ->
              new Happening(
                  at,
                  Verb.FAILED,
                  touch,
                  person.shown(),
                  (state + " " + text(message, "provider_code")).strip());
        };
    tally.count(happening.verb(), happening.verb() == Verb.SKIPPED ? happening.more() : "");
    return Optional.of(happening);
  }

  private Happening deferred(JsonNode message, Instant at, String touch, Person person) {
    Instant until = Instant.parse(text(message, "held_until"));
    String reason = text(message, "reason");
    if (reason.equals("pacing")) {
      int anHour = business.perHour(text(message, "channel"));
      String when = Words.pacedUntil(until, business.zone(), anHour);
      return new Happening(at, Verb.PACED, touch, person.shown(), when);
    }
    List<ZoneId> where = zones.getOrDefault(person.id(), List.of(business.zone()));
    return new Happening(at, Verb.HELD, touch, person.shown(), Words.until(until, reason, where));
  }

  private void readZones() {
    for (JsonNode customer : api.items("/api/customers?", customer -> true)) {
      List<ZoneId> where = new ArrayList<>();
      customer.path("time_zones").forEach(zone -> where.add(ZoneId.of(zone.asString())));
      if (!where.isEmpty()) {
        zones.put(text(customer, "external_id"), where);
      }
    }
    byEnrollment
        .values()
        .forEach(person -> zones.putIfAbsent(person.id(), List.of(business.zone())));
  }

  private boolean isOfThisRun(JsonNode item) {
    return text(item, "job_id").endsWith("-" + run);
  }

  private String ofJob(String jobId) {
    return Stream.concat(
            people.values().stream().filter(person -> person.jobId().equals(jobId)),
            Stream.ofNullable(furtherJobs.get(jobId)))
        .findFirst()
        .map(Person::shown)
        .orElse("");
  }

  private static @Nullable Instant instant(JsonNode node, String name) {
    String text = text(node, name);
    return text.isEmpty() ? null : Instant.parse(text);
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }
}
