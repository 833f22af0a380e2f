package dev.aftertouch.dispatch.gating;

import dev.aftertouch.dispatch.sending.Parcel;
import dev.aftertouch.dispatch.settling.EarlierAttempts;
import dev.aftertouch.dispatch.settling.Flight;
import dev.aftertouch.dispatch.settling.HandOverClaims;
import dev.aftertouch.dispatch.settling.SettleTouches;
import dev.aftertouch.dispatch.settling.StoredTouch;
import dev.aftertouch.dispatch.settling.StoredTouch.Attempt;
import dev.aftertouch.dispatch.settling.StoredTouches;
import dev.aftertouch.dispatch.settling.TouchAttempt;
import dev.aftertouch.dispatch.settling.TouchState;
import dev.aftertouch.dispatch.settling.UnknownAttempts;
import dev.aftertouch.dispatch.settling.UnknownAttempts.Resolution;
import dev.aftertouch.dispatch.suppressing.StopBarrier;
import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One more attempt of a touch whose last one stayed unknown. It passes the whole gate again: an
 * opt-out, a pause, the night and the pace hold for it as for the first. In one transaction the
 * unknown attempt is resolved and the new one claimed, so that a crash leaves the one or the other,
 * and two instances make one attempt. From the claim on it goes the way of every attempt.
 */
public final class ResendTouch {
  /** So long at most, real time, until a held one is looked at again. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  private final Tenancy tenancy;
  private final JdbcClient jdbc;
  private final StopBarrier barrier;
  private final StoredTouches stored;
  private final UnknownAttempts attempts;
  private final EarlierAttempts earlier;
  private final DecideTouches decide;
  private final ComposeTouch composer;
  private final Claims claims;
  private final HandOverClaims handOver;
  private final SettleTouches settle;
  private final InstantSource clock;

  ResendTouch(
      Tenancy tenancy,
      JdbcClient jdbc,
      StopBarrier barrier,
      StoredTouches stored,
      UnknownAttempts attempts,
      EarlierAttempts earlier,
      DecideTouches decide,
      ComposeTouch composer,
      Claims claims,
      HandOverClaims handOver,
      SettleTouches settle,
      InstantSource clock) {
    this.tenancy = tenancy;
    this.jdbc = jdbc;
    this.barrier = barrier;
    this.stored = stored;
    this.attempts = attempts;
    this.earlier = earlier;
    this.decide = decide;
    this.composer = composer;
    this.claims = claims;
    this.handOver = handOver;
    this.settle = settle;
    this.clock = clock;
  }

  /** Sends it once more if the gate lets it through; why is noted. */
  public void resend(UnknownAttempts.Open unknown, String why) {
    Instant now = clock.instant();
    Flight flight = tenancy.asWorker(() -> claim(unknown, why, now));
    if (!flight.isEmpty()) {
      List<Parcel> alone =
          flight.claims().stream().map(claim -> Parcel.of(claim.handover())).toList();
      settle.settleLater(flight, handOver.handOver(alone, flight.claims()));
    }
  }

  private Flight claim(UnknownAttempts.Open unknown, String why, Instant now) {
    barrier.enter();
    if (!attempts.lock(unknown)) {
      return Flight.NONE;
    }
    StoredTouch touch = stored.find(List.of(unknown.touch())).get(unknown.touch());
    byte[] body = unknown.body();
    if (touch == null || body == null || !isOf(touch, unknown)) {
      attempts.resolve(unknown, Resolution.ASSUMED_SENT, "touch_is_gone");
      return Flight.NONE;
    }
    TouchDue due = DueTouches.again(touch);
    Verdict verdict =
        decide.decideAgain(due, touch, request -> composer.again(request, touch, body), now);
    return switch (verdict.touch().state()) {
      case CLAIMED -> {
        attempts.resolve(unknown, Resolution.RESENT, why);
        reopen(touch, unknown.attempt(), now);
        yield claims.write(List.of(verdict), Map.of(touch.key(), touch), now);
      }
      case DEFERRED -> {
        keepSlot(touch, verdict.touch().slotAt());
        attempts.waits(unknown, pause(verdict.touch().heldUntil(), now));
        yield Flight.NONE;
      }
      case SKIPPED -> {
        attempts.resolve(unknown, Resolution.ASSUMED_SENT, verdict.touch().reason());
        yield Flight.NONE;
      }
      case ACCEPTED, REJECTED, UNKNOWN ->
          throw new IllegalStateException("The gate decides nothing of the kind");
    };
  }

  private static boolean isOf(StoredTouch touch, UnknownAttempts.Open unknown) {
    Attempt attempt = touch.attempt();
    return touch.state() == TouchState.UNKNOWN
        && attempt != null
        && attempt.id().equals(unknown.attempt());
  }

  private static Duration pause(@Nullable Instant until, Instant now) {
    Duration held = until == null ? LONGEST_PAUSE : Duration.between(now, until);
    return held.compareTo(LONGEST_PAUSE) < 0 ? held : LONGEST_PAUSE;
  }

  /** Seen by nobody outside this transaction: the claim follows in it. */
  private void reopen(StoredTouch touch, UUID attempt, Instant now) {
    earlier.note(List.of(new TouchAttempt(touch.key(), attempt)));
    jdbc.sql(
            """
            UPDATE touches
            SET state = 'deferred', held_until = :now, attempt_id = NULL, provider = NULL, payload_hash = NULL,
                claimed_at = NULL, deadline = NULL, provider_message_id = NULL, provider_code = NULL
            WHERE business_id = :business AND touch_id = :touch AND state = 'unknown'
            """)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("business", touch.id().business())
        .param("touch", touch.id().touch())
        .update();
  }

  private void keepSlot(StoredTouch touch, @Nullable Instant slot) {
    jdbc.sql(
            """
            UPDATE touches SET slot_at = :slot
            WHERE business_id = :business AND touch_id = :touch AND state = 'unknown'
            """)
        .param("slot", slot == null ? null : slot.atOffset(ZoneOffset.UTC))
        .param("business", touch.id().business())
        .param("touch", touch.id().touch())
        .update();
  }
}
