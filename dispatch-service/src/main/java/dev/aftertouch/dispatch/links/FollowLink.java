package dev.aftertouch.dispatch.links;

import dev.aftertouch.dispatch.links.LinkTokens.Link;
import dev.aftertouch.dispatch.links.LinkTokens.Purpose;
import dev.aftertouch.dispatch.messages.Engagements;
import dev.aftertouch.dispatch.messages.Engagements.Happening;
import dev.aftertouch.dispatch.messages.SentMessage;
import dev.aftertouch.dispatch.messages.SentMessages;
import dev.aftertouch.dispatch.suppressing.RecordStops;
import dev.aftertouch.dispatch.suppressing.RecordStops.Cause;
import dev.aftertouch.dispatch.suppressing.StopBarrier;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.facts.EngagementKind;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Leads to a link's target and makes of the hit what may be made of it. */
public final class FollowLink {
  private static final String REVIEW = "review";

  /** Where a link leads, and whether following it stopped anything. */
  private record Followed(String target, boolean stopped) {}

  private final Tenancy tenancy;
  private final LinkTokens tokens;
  private final LinkHits hits;
  private final SentMessages messages;
  private final Engagements engagements;
  private final RecordStops stops;
  private final StopBarrier barrier;
  private final InstantSource clock;

  FollowLink(
      Tenancy tenancy,
      LinkTokens tokens,
      LinkHits hits,
      SentMessages messages,
      Engagements engagements,
      RecordStops stops,
      StopBarrier barrier,
      InstantSource clock) {
    this.tenancy = tenancy;
    this.tokens = tokens;
    this.hits = hits;
    this.messages = messages;
    this.engagements = engagements;
    this.stops = stops;
    this.barrier = barrier;
    this.clock = clock;
  }

  /** The target of one of our links; empty for a token that we did not write. */
  Optional<String> follow(String token, ClickPolicy.Hit hit) {
    Optional<Followed> followed =
        tokens
            .read(Purpose.CLICK, token)
            .flatMap(link -> tenancy.asWorker(() -> followStored(link, hit)));
    if (followed.isPresent() && followed.get().stopped()) {
      barrier.pass();
    }
    return followed.map(Followed::target);
  }

  private Optional<Followed> followStored(Link link, ClickPolicy.Hit hit) {
    return messages
        .ofAttempt(link.business(), link.attempt())
        .filter(message -> message.hasLink(link.number()))
        .map(message -> followOf(message, link.number(), hit));
  }

  private Followed followOf(SentMessage message, int number, ClickPolicy.Hit hit) {
    Instant now = clock.instant();
    UUID id = hits.add(message, number, hit, ClickPolicy.judge(hit), now);
    Happening happening =
        new Happening("hit/" + id, EngagementKind.CLICKED, message.channel(), now);
    boolean stopped =
        clicked(
            message,
            message.linkNames().get(number),
            hit,
            happening,
            new Cause(id.toString(), "tracked_link", now));
    return new Followed(message.linkTargets().get(number), stopped);
  }

  /**
   * Works a click in, in the caller's transaction; only a human's counts, and only the review link
   * ends the sequence. Tells whether it did: then the caller passes the barrier.
   */
  public boolean clicked(
      SentMessage message,
      @Nullable String link,
      ClickPolicy.Hit hit,
      Happening happening,
      Cause cause) {
    if (ClickPolicy.judge(hit).verdict() != ClickPolicy.Verdict.HUMAN) {
      return false;
    }
    engagements.add(message, happening, link);
    if (!REVIEW.equals(link)) {
      return false;
    }
    stops.stopEnrollment(
        message.business(),
        message.customer(),
        message.enrollment(),
        StopReason.REVIEW_CLICKED,
        cause);
    return true;
  }

  /** Name of the message's link that has that address: one of ours, or a target itself. */
  public @Nullable String nameOf(SentMessage message, String address) {
    String token = address.substring(address.lastIndexOf('/') + 1);
    return tokens
        .read(Purpose.CLICK, token)
        .filter(link -> link.attempt().equals(message.attempt()) && message.hasLink(link.number()))
        .map(link -> message.linkNames().get(link.number()))
        .orElseGet(() -> message.linkNameOf(address));
  }
}
