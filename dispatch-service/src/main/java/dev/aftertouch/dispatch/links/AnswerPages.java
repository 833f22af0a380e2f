package dev.aftertouch.dispatch.links;

import dev.aftertouch.dispatch.links.JudgeClicks.Request;
import dev.aftertouch.dispatch.links.LinkTokens.Link;
import dev.aftertouch.dispatch.messages.Engagements;
import dev.aftertouch.dispatch.messages.Engagements.Happening;
import dev.aftertouch.dispatch.messages.SentMessage;
import dev.aftertouch.dispatch.messages.SentMessages;
import dev.aftertouch.dispatch.replicas.Businesses;
import dev.aftertouch.dispatch.replicas.Versions;
import dev.aftertouch.dispatch.suppressing.Address;
import dev.aftertouch.dispatch.suppressing.RecordStops;
import dev.aftertouch.dispatch.suppressing.RecordStops.Cause;
import dev.aftertouch.dispatch.suppressing.StopBarrier;
import dev.aftertouch.dispatch.suppressing.SuppressionReason;
import dev.aftertouch.dispatch.suppressing.Suppressions;
import dev.aftertouch.engine.consent.ConsentFact;
import dev.aftertouch.engine.consent.Standing.Bar;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.definition.Purpose;
import dev.aftertouch.engine.gate.GateFacts;
import dev.aftertouch.engine.inbound.Click.Place;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.facts.EngagementKind;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What customers do on our pages: opt out, take that back, say what they think. */
final class AnswerPages {
  /**
   * Whose page it is and how the address stands.
   *
   * @param suppressed for all purposes
   * @param choices purposes that can be stopped alone; empty where there is only one
   */
  record Standing(String business, Channel channel, boolean suppressed, List<Choice> choices) {}

  /** A purpose of the business's messages, and whether it was stopped by itself. */
  record Choice(Purpose purpose, boolean stopped) {}

  private final Tenancy tenancy;
  private final LinkTokens tokens;
  private final LinkHits hits;
  private final JudgeClicks clicks;
  private final SentMessages messages;
  private final Businesses businesses;
  private final Versions versions;
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
      Versions versions,
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
    this.versions = versions;
    this.engagements = engagements;
    this.suppressions = suppressions;
    this.stops = stops;
    this.barrier = barrier;
    this.clock = clock;
  }

  /** Looks, and changes nothing: that somebody asked is kept as a raw hit. */
  Optional<Standing> look(LinkTokens.Purpose purpose, String token, Request request) {
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

  /**
   * Opts the message's address out. A repeat changes nothing more.
   *
   * @param scope null means all purposes
   */
  Optional<Standing> unsubscribe(String token, @Nullable Purpose scope) {
    Instant now = clock.instant();
    Optional<Standing> standing =
        withMessage(
            LinkTokens.Purpose.UNSUBSCRIBE,
            token,
            message -> {
              optOut(message, scope, now);
              return standing(message);
            });
    barrier.pass();
    return standing;
  }

  private void optOut(SentMessage message, @Nullable Purpose scope, Instant now) {
    if (message.address() == null) {
      return;
    }
    Address address = Address.of(message.business(), message.channel(), message.address());
    if (isStopped(suppressions.standing(address), scope)) {
      return;
    }
    Cause cause = cause("unsubscribe", message, scope, now);
    StopReason reason =
        switch (message.channel()) {
          case EMAIL -> StopReason.OPTED_OUT_EMAIL;
          case SMS -> StopReason.OPTED_OUT_SMS;
        };
    if (scope == null) {
      stops.suppress(address, SuppressionReason.OPTED_OUT, reason, null, cause);
    } else {
      stops.suppressPurpose(address, scope, SuppressionReason.OPTED_OUT, reason, cause);
    }
    engagements.add(
        message, new Happening(cause.id(), EngagementKind.OPTED_OUT, message.channel(), now), null);
  }

  /** A hold is no stop: who opts out meanwhile has opted out. */
  private static boolean isStopped(
      dev.aftertouch.engine.consent.Standing standing, @Nullable Purpose scope) {
    return standing.bars().stream()
        .anyMatch(
            bar ->
                !bar.reason().equals(GateFacts.IN_REVIEW)
                    && (bar.purpose() == null || bar.purpose() == scope));
  }

  private static Cause cause(
      String what, SentMessage message, @Nullable Purpose scope, Instant now) {
    String id = what + "/" + message.attempt() + "/" + ConsentFact.scope(scope) + "/" + now;
    return new Cause(id, "unsubscribe_page", now);
  }

  /**
   * Takes an opt-out back. Sequences that it ended stay ended.
   *
   * @param scope null takes back what was stopped for all purposes, and no choice of one
   */
  Optional<Standing> undo(String token, @Nullable Purpose scope) {
    Instant now = clock.instant();
    return withMessage(
        LinkTokens.Purpose.UNSUBSCRIBE,
        token,
        message -> {
          String address = message.address();
          Cause cause = cause("undo", message, scope, now);
          if (address != null
              && stops.undo(
                  Address.of(message.business(), message.channel(), address), scope, cause)) {
            engagements.add(
                message,
                new Happening(cause.id(), EngagementKind.OPTED_IN, message.channel(), now),
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
            LinkTokens.Purpose.FEEDBACK,
            token,
            message -> {
              // An erased customer's page still ends the sequence; what is written there is not
              // kept.
              String kept = message.address() == null ? "" : comment;
              UUID id = hits.addFeedback(message, kept, now);
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
      LinkTokens.Purpose purpose, String token, Function<SentMessage, Standing> work) {
    Optional<Link> link = tokens.read(purpose, token);
    return link.flatMap(
        read ->
            tenancy.asWorker(() -> messages.ofAttempt(read.business(), read.attempt()).map(work)));
  }

  private Standing standing(SentMessage message) {
    Businesses.Business business =
        businesses.find(List.of(message.business())).businesses().get(message.business());
    String address = message.address();
    dev.aftertouch.engine.consent.Standing standing =
        address == null
            ? dev.aftertouch.engine.consent.Standing.CLEAR
            : suppressions.standing(Address.of(message.business(), message.channel(), address));
    return new Standing(
        business == null ? "this business" : business.name(),
        message.channel(),
        standing.holds(null),
        choices(message.business(), standing));
  }

  private List<Choice> choices(UUID business, dev.aftertouch.engine.consent.Standing standing) {
    SortedSet<Purpose> purposes = versions.purposes(business);
    standing.bars().stream().map(Bar::purpose).filter(Objects::nonNull).forEach(purposes::add);
    return purposes.size() < 2
        ? List.of()
        : purposes.stream().map(purpose -> new Choice(purpose, standing.holds(purpose))).toList();
  }
}
