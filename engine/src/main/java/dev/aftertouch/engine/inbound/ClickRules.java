package dev.aftertouch.engine.inbound;

import dev.aftertouch.engine.inbound.Click.Judgement;
import dev.aftertouch.engine.inbound.Click.Message;
import dev.aftertouch.engine.inbound.Click.Place;
import dev.aftertouch.engine.inbound.Click.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a click is a human's. Scanners of mail providers look like browsers; what gives them away
 * is that they ask for everything, at once. So a click in a message with several addresses is
 * nobody's until the message has been quiet for a while; then it is a human's, unless another
 * address was asked for within {@link #TOGETHER} of it, or the link that people do not see within
 * {@link #NEAR_HONEYPOT}.
 *
 * <p>A prefetch of another address does not count against a click: browsers do that around humans.
 */
public final class ClickRules {
  /** Version of the rules, stored with what they said. Version 1 judged each click by itself. */
  public static final int VERSION = 2;

  /** Other addresses that are asked for within this time are asked for by the same machine. */
  public static final Duration TOGETHER = Duration.ofSeconds(2);

  /** Clicks this close to one on the honeypot are its machine's. */
  public static final Duration NEAR_HONEYPOT = Duration.ofSeconds(10);

  /** Who judges a click for good sooner than that may have missed what gives a machine away. */
  public static final Duration LEAST_HOLD = NEAR_HONEYPOT;

  /** Nobody has read a message so soon after it left. */
  private static final Duration TOO_SOON = Duration.ofSeconds(2);

  private static final List<String> ROBOTS =
      List.of(
          "bot",
          "crawler",
          "spider",
          "preview",
          "headless",
          "scanner",
          "safelinks",
          "barracuda",
          "proofpoint",
          "mimecast",
          "facebookexternalhit",
          "whatsapp",
          "curl/",
          "wget/",
          "python-requests",
          "go-http-client",
          "java/",
          "okhttp",
          "apache-httpclient");

  private ClickRules() {}

  /**
   * What is known when it comes.
   *
   * @param others the message's other clicks so far
   */
  public static Judgement onArrival(Click click, Message message, List<Click> others) {
    List<String> against = against(click, others);
    if (!against.isEmpty()) {
      return new Judgement(Verdict.BOT, against);
    }
    List<String> doubts = doubts(click, message);
    if (message.hasOtherAddresses()) {
      doubts.add("unconfirmed");
    }
    return new Judgement(doubts.isEmpty() ? Verdict.HUMAN : Verdict.SUSPECT, doubts);
  }

  /**
   * What it was, once the message has been quiet. A human's keeps the doubts as reasons.
   *
   * @param others the message's other clicks, earlier and later ones
   */
  public static Judgement inTheEnd(Click click, Message message, List<Click> others) {
    List<String> against = against(click, others);
    return against.isEmpty()
        ? new Judgement(Verdict.HUMAN, doubts(click, message))
        : new Judgement(Verdict.BOT, against);
  }

  private static List<String> against(Click click, List<Click> others) {
    List<String> reasons = new ArrayList<>();
    if (!click.method().equals("GET")) {
      reasons.add("method_" + click.method().toLowerCase(Locale.ROOT));
    }
    if (click.purpose() != null) {
      reasons.add("prefetch");
    }
    String agent = agent(click);
    if (ROBOTS.stream().anyMatch(agent::contains)) {
      reasons.add("robot_agent");
    }
    if (click.place() == Place.HONEYPOT) {
      reasons.add("honeypot");
    } else if (others.stream().anyMatch(other -> betrays(other, click))) {
      reasons.add("near_honeypot");
    }
    if (others.stream().anyMatch(other -> belongsTogether(other, click))) {
      reasons.add("other_addresses_at_once");
    }
    return reasons;
  }

  private static boolean betrays(Click other, Click click) {
    return other.place() == Place.HONEYPOT && isWithin(NEAR_HONEYPOT, other, click);
  }

  private static boolean belongsTogether(Click other, Click click) {
    return other.purpose() == null
        && !other.isSameAddress(click)
        && isWithin(TOGETHER, other, click);
  }

  private static boolean isWithin(Duration time, Click one, Click other) {
    return Duration.between(one.at(), other.at()).abs().compareTo(time) <= 0;
  }

  private static List<String> doubts(Click click, Message message) {
    List<String> doubts = new ArrayList<>();
    if (agent(click).isBlank()) {
      doubts.add("no_agent");
    }
    Instant handedOverAt = message.handedOverAt();
    if (handedOverAt != null && click.at().isBefore(handedOverAt.plus(TOO_SOON))) {
      doubts.add("too_soon");
    }
    return doubts;
  }

  private static String agent(Click click) {
    return click.userAgent() == null ? "" : click.userAgent().toLowerCase(Locale.ROOT);
  }
}
