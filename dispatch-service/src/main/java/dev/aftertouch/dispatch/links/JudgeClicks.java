package dev.aftertouch.dispatch.links;

import dev.aftertouch.dispatch.links.LinkHits.Hit;
import dev.aftertouch.dispatch.messages.Engagements;
import dev.aftertouch.dispatch.messages.Engagements.Happening;
import dev.aftertouch.dispatch.messages.SentMessage;
import dev.aftertouch.dispatch.messages.SentMessages;
import dev.aftertouch.dispatch.suppressing.RecordStops;
import dev.aftertouch.dispatch.suppressing.RecordStops.Cause;
import dev.aftertouch.engine.inbound.Click;
import dev.aftertouch.engine.inbound.Click.Judgement;
import dev.aftertouch.engine.inbound.Click.Place;
import dev.aftertouch.engine.inbound.Click.Verdict;
import dev.aftertouch.engine.inbound.ClickRules;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.facts.EngagementKind;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stores a request, says who it was, and makes of it what may be made of it: a human's click
 * counts, and on the review link it ends the enrollment. While a click on the review link is in
 * doubt its enrollment waits at the gate, until {@link #settle} has judged it: with no time limit
 * of its own, so that a stop is never late because this was.
 */
final class JudgeClicks {
  /** A request for an address. */
  record Request(String method, @Nullable String userAgent, @Nullable String purpose) {}

  private static final String REVIEW = "review";
  private static final int AT_ONCE = 50;

  private final Tenancy tenancy;
  private final LinkHits hits;
  private final SentMessages messages;
  private final Engagements engagements;
  private final RecordStops stops;
  private final Duration hold;

  JudgeClicks(
      Tenancy tenancy,
      LinkHits hits,
      SentMessages messages,
      Engagements engagements,
      RecordStops stops,
      Duration hold) {
    this.tenancy = tenancy;
    this.hits = hits;
    this.messages = messages;
    this.engagements = engagements;
    this.stops = stops;
    this.hold = hold;
  }

  /**
   * Works a request in, in the caller's transaction. Tells whether the gate must know of it: then
   * the caller passes the barrier.
   */
  boolean arrived(SentMessage message, Place place, int link, Request request, Instant hitAt) {
    Click click =
        new Click(
            place, link, request.method(), request.userAgent(), request.purpose(), hits.now());
    Judgement judgement =
        ClickRules.onArrival(
            click, hits.about(message), hits.others(message.business(), message.attempt(), null));
    UUID id = hits.add(message, click, judgement, hitAt);
    return switch (judgement.verdict()) {
      case HUMAN -> count(message, click, id, hitAt);
      case SUSPECT -> {
        boolean mayEnd = place == Place.LINK && REVIEW.equals(name(message, link));
        if (mayEnd) {
          stops.holdEnrollment(message.business(), message.enrollment(), id);
        }
        yield mayEnd;
      }
      case BOT -> false;
    };
  }

  /** Judges some whose message has been quiet; tells whether there may be more. */
  boolean settle() {
    return tenancy.asWorker(() -> judgeAll(hits.unsettled(hold, AT_ONCE)));
  }

  /**
   * Judges some again that older rules judged; tells whether there may be more. A click that turns
   * out to be a human's counts from now on; one that turns out to be a machine's is called so, but
   * what was published of it stands.
   */
  boolean reclassify() {
    return tenancy.asWorker(() -> judgeAll(hits.outdated(AT_ONCE)));
  }

  private boolean judgeAll(List<Hit> some) {
    some.forEach(this::judgeForGood);
    return some.size() == AT_ONCE;
  }

  /** A hold ends with the transaction that stops, or does not: the gate sees one or the other. */
  private void judgeForGood(Hit hit) {
    SentMessage message = messages.ofAttempt(hit.business(), hit.attempt()).orElse(null);
    if (message == null) {
      hits.settle(hit, new Judgement(Verdict.BOT, List.of("message_gone")));
      return;
    }
    Judgement judgement =
        ClickRules.inTheEnd(
            hit.click(), hits.about(message), hits.others(hit.business(), hit.attempt(), hit.id()));
    hits.settle(hit, judgement);
    if (judgement.verdict() == Verdict.HUMAN && hit.verdict() != Verdict.HUMAN) {
      count(message, hit.click(), hit.id(), hit.hitAt());
    }
    stops.releaseEnrollment(hit.business(), message.enrollment(), hit.id());
  }

  /** Tells whether it ended the enrollment. */
  private boolean count(SentMessage message, Click click, UUID id, Instant hitAt) {
    if (click.place() != Place.LINK) {
      return false;
    }
    String link = name(message, click.link());
    engagements.add(
        message,
        new Happening("hit/" + id, EngagementKind.CLICKED, message.channel(), hitAt),
        link);
    if (!REVIEW.equals(link)) {
      return false;
    }
    stops.stopEnrollment(
        message.business(),
        message.customer(),
        message.enrollment(),
        StopReason.REVIEW_CLICKED,
        new Cause(id.toString(), "tracked_link", hitAt));
    return true;
  }

  private static @Nullable String name(SentMessage message, int link) {
    return link >= 0 && message.hasLink(link) ? message.linkNames().get(link) : null;
  }
}
