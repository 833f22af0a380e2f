package dev.aftertouch.dispatch.settling;

import dev.aftertouch.dispatch.sending.ProviderAnswer;
import dev.aftertouch.dispatch.settling.StoredTouch.Attempt;
import dev.aftertouch.dispatch.settling.StoredTouch.Key;
import dev.aftertouch.service.kafka.Publisher;
import dev.aftertouch.service.sql.RowType;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes down how hand-overs ended, each only while its row is still claimed by that attempt, and
 * publishes the outcomes.
 *
 * <p>A claim is released only within its lease: who wakes up later with a hand-over that did not
 * begin must not take it from the sweeper, who may be handing it over.
 *
 * <p>A lost answer of a provider that honours keys is no end: the row stays claimed, and after its
 * deadline the sweeper, who finds it among those in flight, asks again with the same key and bytes.
 * A loser (the sweeper was faster) publishes what the row says.
 */
public final class SettleTouches {
  /** A claim and what came of it. */
  public record Ended(Claim claim, ProviderAnswer answer) {}

  /** A claim that nobody ended in time and that is handed over no more. */
  record GivenUp(StoredTouch touch, Attempt attempt, String reason) {}

  /** When the outcomes are published. */
  private enum Told {
    /** A crash in between publishes them again: whoever is not handed in again must be told so. */
    BEFORE_COMMIT,
    /** A crash in between publishes nothing; what is handed in again is answered from its row. */
    AFTER_COMMIT
  }

  /** How a touch ended, and the attempt that must still hold its row. */
  private record End(StoredTouch touch, UUID attempt) {}

  private static final Duration AFTER_REFUSED_CREDENTIALS = Duration.ofMinutes(15);
  private static final Duration AFTER_NO_HAND_OVER = Duration.ofMinutes(1);

  private static final RowType<End> SETTLED =
      RowType.<End>of("settled_touch")
          .uuid("business_id", end -> end.touch().id().business())
          .uuid("touch_id", end -> end.touch().id().touch())
          .uuid("attempt_id", End::attempt)
          .text("state", end -> end.touch().state().code())
          .text("reason", end -> end.touch().reason())
          .instant("decided_at", end -> end.touch().decidedAt())
          .instant("held_until", end -> end.touch().heldUntil())
          .text("message_id", end -> answer(end, Attempt::providerMessageId))
          .text("code", end -> answer(end, Attempt::providerCode));

  private final Tenancy tenancy;
  private final JdbcClient jdbc;
  private final StoredTouches stored;
  private final EarlierAttempts earlier;
  private final UnknownAttempts unknown;
  private final ProviderStops stops;
  private final ClaimsInFlight inFlight;
  private final Publisher publisher;
  private final OutcomeMeters meters;
  private final InstantSource clock;
  private final Duration lease;

  SettleTouches(
      Tenancy tenancy,
      JdbcClient jdbc,
      StoredTouches stored,
      EarlierAttempts earlier,
      UnknownAttempts unknown,
      ProviderStops stops,
      ClaimsInFlight inFlight,
      Publisher publisher,
      OutcomeMeters meters,
      InstantSource clock,
      Duration lease) {
    this.tenancy = tenancy;
    this.jdbc = jdbc;
    this.stored = stored;
    this.earlier = earlier;
    this.unknown = unknown;
    this.stops = stops;
    this.inFlight = inFlight;
    this.publisher = publisher;
    this.meters = meters;
    this.clock = clock;
    this.lease = lease;
  }

  /**
   * Settles a batch of due touches; returns when the outcomes are stored and the broker has them. A
   * crash in between publishes nothing: the due touches are handed in again then, and answered.
   */
  public void settle(Flight flight, List<Ended> batch) {
    end(ends(batch, SettleTouches::end), flight, Told.AFTER_COMMIT);
  }

  /** Settles a later attempt, which nobody hands in again. */
  public void settleLater(Flight flight, List<Ended> batch) {
    end(ends(batch, SettleTouches::end), flight, Told.BEFORE_COMMIT);
  }

  /**
   * Settles what was handed over before and again now: only the provider's yes or no is an end,
   * since anything else says nothing of the earlier try. Nobody hands it in again.
   */
  void settleAgain(List<Ended> batch) {
    end(ends(batch, SettleTouches::endAgain), Flight.NONE, Told.BEFORE_COMMIT);
  }

  /** Ends claims as unknown, unless they were ended meanwhile. Nobody hands them in again. */
  void giveUp(List<GivenUp> claims) {
    Instant now = clock.instant();
    end(
        claims.stream()
            .map(
                claim ->
                    new End(
                        claim
                            .touch()
                            .ended(TouchState.UNKNOWN, claim.reason(), now, claim.attempt()),
                        claim.attempt().id()))
            .toList(),
        Flight.NONE,
        Told.BEFORE_COMMIT);
  }

  private List<End> ends(
      List<Ended> batch, BiFunction<Ended, Instant, @Nullable StoredTouch> endOf) {
    Instant now = clock.instant();
    List<End> ends = new ArrayList<>(batch.size());
    for (Ended ended : batch) {
      StoredTouch end = endOf.apply(ended, now);
      if (end != null) {
        ends.add(new End(end, ended.claim().handover().attempt()));
      }
    }
    return ends;
  }

  /**
   * @param flight that is over once all its claims have an end: those of which there is none here,
   *     and those that could not be released, stay in the sweeper's care
   */
  private void end(List<End> ends, Flight flight, Told told) {
    if (ends.isEmpty()) {
      return;
    }
    Map<Key, End> inOrder = new TreeMap<>(ROW_ORDER);
    ends.forEach(end -> inOrder.put(end.touch().key(), end));
    List<StoredTouch> answers =
        tenancy.asWorker(
            () -> {
              List<StoredTouch> stored = store(List.copyOf(inOrder.values()));
              if (!flight.isEmpty() && stored.size() == flight.claims().size()) {
                inFlight.end(flight.id());
              }
              if (told == Told.BEFORE_COMMIT) {
                tell(stored);
              }
              return stored;
            });
    if (told == Told.AFTER_COMMIT) {
      tell(answers);
    }
    meters.count(answers);
  }

  private void tell(List<StoredTouch> answers) {
    publisher.publishAndAwait(answers.stream().map(OutcomeFacts::of).toList());
  }

  /** Publishes stored answers and counts them. */
  public void publish(List<StoredTouch> answers) {
    tell(answers);
    meters.count(answers);
  }

  /** One order for all who lock several rows, so that nobody waits in a circle. */
  public static final Comparator<Key> ROW_ORDER =
      Comparator.comparing(Key::business).thenComparing(Key::touch);

  private static @Nullable StoredTouch end(Ended ended, Instant now) {
    StoredTouch touch = ended.claim().touch();
    Attempt attempt = Objects.requireNonNull(touch.attempt());
    return switch (ended.answer()) {
      case ProviderAnswer.Accepted accepted ->
          touch.ended(
              TouchState.ACCEPTED, "accepted", now, attempt.answered(accepted.messageId(), null));
      case ProviderAnswer.Rejected(var code) ->
          touch.ended(
              TouchState.REJECTED, "rejected_by_provider", now, attempt.answered(null, code));
      case ProviderAnswer.Throttled(var retryAfter) ->
          touch.released("provider_throttled", now.plus(retryAfter), now);
      case ProviderAnswer.Unauthorized unauthorized ->
          touch.released("provider_unauthorized", now.plus(AFTER_REFUSED_CREDENTIALS), now);
      case ProviderAnswer.NotHandedOver notHandedOver ->
          touch.released("provider_unavailable", now.plus(AFTER_NO_HAND_OVER), now);
      case ProviderAnswer.Unknown(var reason) ->
          attempt.provider().honoursKeys()
              ? null
              : touch.ended(TouchState.UNKNOWN, reason, now, attempt);
    };
  }

  private static @Nullable StoredTouch endAgain(Ended ended, Instant now) {
    return switch (ended.answer()) {
      case ProviderAnswer.Accepted accepted -> end(ended, now);
      case ProviderAnswer.Rejected rejected -> end(ended, now);
      case ProviderAnswer.Throttled throttled -> null;
      case ProviderAnswer.Unauthorized unauthorized -> null;
      case ProviderAnswer.NotHandedOver notHandedOver -> null;
      case ProviderAnswer.Unknown unknown -> null;
    };
  }

  /** Returns what the rows say now of those that are claimed no more. */
  private List<StoredTouch> store(List<End> ends) {
    Set<UUID> won = new HashSet<>(update(ends));
    List<StoredTouch> answers = new ArrayList<>(ends.size());
    List<TouchAttempt> released = new ArrayList<>();
    List<Key> lost = new ArrayList<>();
    for (End end : ends) {
      if (won.contains(end.attempt())) {
        answers.add(end.touch());
        if (end.touch().attempt() == null) {
          released.add(new TouchAttempt(end.touch().key(), end.attempt()));
        }
      } else {
        lost.add(end.touch().key());
      }
    }
    earlier.note(released);
    unknown.note(answers);
    stops.record(answers);
    if (!lost.isEmpty()) {
      stored.find(lost).values().stream()
          .filter(touch -> touch.state() != TouchState.CLAIMED)
          .forEach(answers::add);
    }
    return answers;
  }

  /** Returns the attempts whose rows were still theirs. */
  private List<UUID> update(List<End> ends) {
    return jdbc.sql(
            """
            UPDATE touches t
            SET state = e.state, reason = e.reason, evidence = '{}', decided_at = e.decided_at, held_until = e.held_until,
                provider_message_id = e.message_id, provider_code = e.code,
                attempt_id = CASE WHEN e.state = 'deferred' THEN NULL ELSE t.attempt_id END,
                provider = CASE WHEN e.state = 'deferred' THEN NULL ELSE t.provider END,
                payload_hash = CASE WHEN e.state = 'deferred' THEN NULL ELSE t.payload_hash END,
                claimed_at = CASE WHEN e.state = 'deferred' THEN NULL ELSE t.claimed_at END,
                deadline = CASE WHEN e.state = 'deferred' THEN NULL ELSE t.deadline END
            FROM unnest(:ends::settled_touch[]) AS e
            WHERE t.business_id = e.business_id AND t.touch_id = e.touch_id
              AND t.state = 'claimed' AND t.attempt_id = e.attempt_id
              AND (e.state <> 'deferred' OR t.claimed_at > now() - make_interval(secs => :lease))
            RETURNING e.attempt_id
            """)
        .param("ends", SETTLED.rows(ends))
        .param("lease", lease.toSeconds())
        .query(UUID.class)
        .list();
  }

  private static @Nullable String answer(End end, Function<Attempt, @Nullable String> part) {
    Attempt attempt = end.touch().attempt();
    return attempt == null ? null : part.apply(attempt);
  }
}
