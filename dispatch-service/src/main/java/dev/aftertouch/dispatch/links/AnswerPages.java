package dev.aftertouch.dispatch.links;

import dev.aftertouch.dispatch.links.JudgeClicks.Request;
import dev.aftertouch.dispatch.links.LinkTokens.Link;
import dev.aftertouch.dispatch.links.LinkTokens.Purpose;
import dev.aftertouch.dispatch.messages.Engagements;
import dev.aftertouch.dispatch.messages.Engagements.Happening;
import dev.aftertouch.dispatch.messages.SentMessage;
import dev.aftertouch.dispatch.messages.SentMessages;
import dev.aftertouch.dispatch.replicas.Businesses;
import dev.aftertouch.dispatch.suppressing.Address;
import dev.aftertouch.dispatch.suppressing.RecordStops;
import dev.aftertouch.dispatch.suppressing.RecordStops.Cause;
import dev.aftertouch.dispatch.suppressing.StopBarrier;
import dev.aftertouch.dispatch.suppressing.SuppressionReason;
import dev.aftertouch.dispatch.suppressing.Suppressions;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.inbound.Click.Place;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.facts.EngagementKind;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What customers do on our pages: opt out, take that back, say what they think. */
final class AnswerPages {
  /** Whose page it is and how the address stands. */
  record Standing(String business, Channel channel, boolean suppressed) {}

  private final Tenancy tenancy;
  private final LinkTokens tokens;
  private final LinkHits hits;
  private final JudgeClicks clicks;
  private final SentMessages messages;
  private final Businesses businesses;
  private final Engagements engagements;
  private final Suppressions suppressions;
  private final RecordStops stops;
  private final StopBarrier barrier;
  private final InstantSource clock;

  AnswerPages(
      Tenancy tenancy,
      LinkTokens tokens,
      LinkHits hits,
      JudgeClicks clicks,
      SentMessages messages,
      Businesses businesses,
      Engagements engagements,
      Suppressions suppressions,
      RecordStops stops,
      StopBarrier barrier,
      InstantSource clock) {
    this.tenancy = tenancy;
    this.tokens = tokens;
    this.hits = hits;
    this.clicks = clicks;
    this.messages = messages;
    this.businesses = businesses;
    this.engagements = engagements;
    this.suppressions = suppressions;
    this.stops = stops;
    this.barrier = barrier;
    this.clock = clock;
  }

  /** Looks, and changes nothing: that somebody asked is kept as a raw hit. */
  Optional<Standing> look(Purpose purpose, String token, Request request) {
    Place place =
        switch (purpose) {
          case CLICK -> Place.LINK;
          case UNSUBSCRIBE -> Place.UNSUBSCRIBE;
          case FEEDBACK -> Place.FEEDBACK;
        };
    return withMessage(
        purpose,
        token,
        message -> {
          clicks.arrived(message, place, 0, request, clock.instant());
          return standing(message);
        });
  }

  /** Opts the message's address out. A repeat changes nothing more. */
  Optional<Standing> unsubscribe(String token) {
    Instant now = clock.instant();
    Optional<Standing> standing =
        withMessage(
            Purpose.UNSUBSCRIBE,
            token,
            message -> {
              optOut(message, now);
              return standing(message);
            });
    barrier.pass();
    return standing;
  }

  private void optOut(SentMessage message, Instant now) {
    if (message.address() == null) {
      return;
    }
    Address address = Address.of(message.business(), message.channel(), message.address());
    if (suppressions.isSuppressed(address)) {
      return;
    }
    String event = "unsubscribe/" + message.attempt() + "/" + now;
    StopReason reason =
        switch (message.channel()) {
          case EMAIL -> StopReason.OPTED_OUT_EMAIL;
          case SMS -> StopReason.OPTED_OUT_SMS;
        };
    stops.suppress(
        address,
        SuppressionReason.OPTED_OUT,
        reason,
        null,
        new Cause(event, "unsubscribe_page", now));
    engagements.add(
        message, new Happening(event, EngagementKind.OPTED_OUT, message.channel(), now), null);
  }

  /** Takes the opt-out back. Sequences that it ended stay ended. */
  Optional<Standing> undo(String token) {
    Instant now = clock.instant();
    return withMessage(
        Purpose.UNSUBSCRIBE,
        token,
        message -> {
          String address = message.address();
          if (address != null
              && stops.lift(Address.of(message.business(), message.channel(), address), now)) {
            engagements.add(
                message,
                new Happening(
                    "undo/" + message.attempt() + "/" + now,
                    EngagementKind.OPTED_IN,
                    message.channel(),
                    now),
                null);
          }
          return standing(message);
        });
  }

  /** Keeps what the customer wrote and ends the sequence. */
  Optional<Standing> submitFeedback(String token, String comment) {
    Instant now = clock.instant();
    Optional<Standing> standing =
        withMessage(
            Purpose.FEEDBACK,
            token,
            message -> {
              UUID id = hits.addFeedback(message, comment, now);
              engagements.add(
                  message,
                  new Happening(
                      "feedback/" + id, EngagementKind.FEEDBACK_SUBMITTED, message.channel(), now),
                  null);
              stops.stopEnrollment(
                  message.business(),
                  message.customer(),
                  message.enrollment(),
                  StopReason.FEEDBACK_SUBMITTED,
                  new Cause(id.toString(), "feedback_page", now));
              return standing(message);
            });
    barrier.pass();
    return standing;
  }

  private Optional<Standing> withMessage(
      Purpose purpose, String token, Function<SentMessage, Standing> work) {
    Optional<Link> link = tokens.read(purpose, token);
    return link.flatMap(
        read ->
            tenancy.asWorker(() -> messages.ofAttempt(read.business(), read.attempt()).map(work)));
  }

  private Standing standing(SentMessage message) {
    Businesses.Business business =
        businesses.find(List.of(message.business())).businesses().get(message.business());
    String address = message.address();
    return new Standing(
        business == null ? "this business" : business.name(),
        message.channel(),
        address != null
            && suppressions.isSuppressed(
                Address.of(message.business(), message.channel(), address)));
  }
}
