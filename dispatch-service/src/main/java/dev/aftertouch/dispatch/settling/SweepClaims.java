package dev.aftertouch.dispatch.settling;

import dev.aftertouch.dispatch.messages.Bundles;
import dev.aftertouch.dispatch.sending.Handover;
import dev.aftertouch.dispatch.sending.Parcel;
import dev.aftertouch.dispatch.sending.ProviderName;
import dev.aftertouch.dispatch.settling.ClaimsInFlight.Overdue;
import dev.aftertouch.dispatch.settling.OpenClaims.Left;
import dev.aftertouch.dispatch.settling.Parcels.Stored;
import dev.aftertouch.dispatch.settling.SettleTouches.GivenUp;
import dev.aftertouch.dispatch.settling.StoredTouch.Key;
import dev.aftertouch.dispatch.suppressing.StopBarrier;
import dev.aftertouch.engine.gate.LeftClaims;
import dev.aftertouch.service.sql.Columns;
import dev.aftertouch.service.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ends claims that nobody ended in time: their process died, or their answer was lost.
 *
 * <p>The engine tells what follows ({@link LeftClaims}), by what the gate reads at that time and
 * inside the barrier as the gate does, so that no message is handed over again after a stop was
 * acknowledged. What is handed over again has the same key and the same bytes; what went in one
 * call with others goes with them again, or all of them are given up. What is given up is unknown:
 * it may have been sent, so it is not sent again, and the reconciler asks what became of it. A new
 * deadline keeps other sweepers away from what is taken.
 *
 * <p>A process that was only paused and wakes up later finds its deadline passed before it writes
 * bytes, and its attempt's row no longer claimed when it settles.
 */
final class SweepClaims {
  private static final Logger log = LoggerFactory.getLogger(SweepClaims.class);
  private static final int BATCH = 200;

  private final Tenancy tenancy;
  private final StopBarrier barrier;
  private final JdbcClient jdbc;
  private final ClaimsInFlight inFlight;
  private final Parcels parcels;
  private final Bundles bundles;
  private final HandOverClaims handOver;
  private final SettleTouches settle;
  private final OpenClaims rules;
  private final OutcomeMeters meters;
  private final InstantSource clock;
  private final Duration lease;

  SweepClaims(
      Tenancy tenancy,
      StopBarrier barrier,
      JdbcClient jdbc,
      ClaimsInFlight inFlight,
      Parcels parcels,
      Bundles bundles,
      HandOverClaims handOver,
      SettleTouches settle,
      OpenClaims rules,
      OutcomeMeters meters,
      InstantSource clock,
      Duration lease) {
    this.tenancy = tenancy;
    this.barrier = barrier;
    this.jdbc = jdbc;
    this.inFlight = inFlight;
    this.parcels = parcels;
    this.bundles = bundles;
    this.handOver = handOver;
    this.settle = settle;
    this.rules = rules;
    this.meters = meters;
    this.clock = clock;
    this.lease = lease;
  }

  /** Of so many overdue claims, those that end and those that are handed over once more. */
  private record Taken(int all, List<GivenUp> givenUp, List<Parcel> parcels, List<Claim> again) {}

  /**
   * A call that has no answer.
   *
   * @param messages all that it handed over, in their order
   * @param open those of them that nobody has ended
   */
  private record Call(UUID key, List<TouchAttempt> messages, List<Left> open) {}

  /** Sweeps once; tells whether there may be more. */
  boolean sweep() {
    List<Overdue> overdue = tenancy.asWorker(this::look);
    if (overdue.isEmpty()) {
      meters.openClaims(0);
      return false;
    }
    Taken taken = tenancy.asWorker(() -> take(overdue));
    settle.giveUp(taken.givenUp());
    settle.settleAgain(handOver.handOver(taken.parcels(), taken.again()));
    meters.openClaims(taken.all());
    log.info(
        "Swept {} open claims: {} unknown, {} handed over again, the others wait",
        taken.all(),
        taken.givenUp().size(),
        taken.again().size());
    return taken.all() == BATCH;
  }

  private List<Overdue> look() {
    parcels.forget();
    inFlight.forget();
    return inFlight.overdue(BATCH);
  }

  /**
   * What is still overdue, and whatever went with it.
   *
   * @param found the oldest first
   */
  private Taken take(List<Overdue> found) {
    long start = System.nanoTime();
    barrier.enter();
    List<TouchAttempt> overdue = found.stream().map(Overdue::claim).toList();
    OffsetDateTime oldest = found.getFirst().since();
    List<Stored> whole =
        parcels.lock(overdue.stream().map(TouchAttempt::attempt).toList(), oldest).stream()
            .filter(parcel -> !parcel.takenApart())
            .toList();
    List<Left> open = lock(overdue, whole);
    Map<Key, LeftClaims.Next> each = rules.next(open, clock.instant());
    Taken taken =
        new Taken(overdue.size(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Call call : calls(open, whole)) {
      LeftClaims.Next next =
          LeftClaims.together(
              call.open().stream()
                  .map(left -> Objects.requireNonNull(each.get(left.touch().key())))
                  .toList());
      switch (next) {
        case LeftClaims.Next.GiveUp(var reason) -> giveUp(call, reason, taken);
        case LeftClaims.Next.HandOver(var within) -> again(call, start + within.toNanos(), taken);
        case LeftClaims.Next.Wait wait -> {
          // Asked again when its new deadline is over.
        }
      }
    }
    return taken;
  }

  /**
   * Locks what is still open of it, in the order of the rows, and waits for whoever settles it. A
   * new deadline keeps other sweepers away.
   */
  private List<Left> lock(List<TouchAttempt> overdue, List<Stored> whole) {
    Set<TouchAttempt> wanted = new LinkedHashSet<>(overdue);
    whole.forEach(parcel -> wanted.addAll(parcel.messages()));
    return jdbc.sql(
            """
            WITH open AS MATERIALIZED (
              SELECT t.business_id, t.touch_id
              FROM unnest(:businesses, :touches, :attempts) AS k (business_id, touch_id, attempt_id)
              JOIN touches t USING (business_id, touch_id, attempt_id)
              WHERE t.state = 'claimed' AND t.deadline < now() - interval '5 seconds'
              ORDER BY business_id, touch_id FOR UPDATE OF t)
            UPDATE touches t SET deadline = now() + make_interval(secs => :lease)
            FROM open WHERE t.business_id = open.business_id AND t.touch_id = open.touch_id
            RETURNING extract(epoch FROM now() - t.claimed_at) AS age,
            """
                + StoredTouches.COLUMNS)
        .param("businesses", Columns.uuids(wanted, one -> one.touch().business()))
        .param("touches", Columns.uuids(wanted, one -> one.touch().touch()))
        .param("attempts", Columns.uuids(wanted, TouchAttempt::attempt))
        .param("lease", lease.toSeconds())
        .query(SweepClaims::left)
        .list();
  }

  private static Bundles.Key key(TouchAttempt message) {
    return new Bundles.Key(message.touch().business(), message.attempt());
  }

  private static Left left(ResultSet row, int number) throws SQLException {
    StoredTouch touch = StoredTouches.ROW.mapRow(row, number);
    return new Left(
        touch,
        Objects.requireNonNull(touch.attempt()),
        Duration.ofMillis((long) (row.getDouble("age") * 1000)));
  }

  /** The calls that handed them over: one for each parcel, and one for each that went alone. */
  private static List<Call> calls(List<Left> open, List<Stored> whole) {
    Map<UUID, Left> alone = new LinkedHashMap<>();
    open.forEach(left -> alone.put(left.attempt().id(), left));
    List<Call> calls = new ArrayList<>();
    for (Stored parcel : whole) {
      List<Left> inIt =
          parcel.messages().stream()
              .map(message -> alone.remove(message.attempt()))
              .filter(Objects::nonNull)
              .toList();
      if (!inIt.isEmpty()) {
        calls.add(new Call(parcel.id(), parcel.messages(), inIt));
      }
    }
    alone.forEach(
        (attempt, left) ->
            calls.add(
                new Call(
                    attempt,
                    List.of(new TouchAttempt(left.touch().key(), attempt)),
                    List.of(left))));
    return calls;
  }

  private static void giveUp(Call call, String reason, Taken taken) {
    call.open().forEach(l -> taken.givenUp().add(new GivenUp(l.touch(), l.attempt(), reason)));
  }

  /** The same call; where a message of it was erased it can be made no more. */
  private void again(Call call, long deadlineNanos, Taken taken) {
    Map<Bundles.Key, Bundles.Kept> frozen =
        bundles.find(call.messages().stream().map(SweepClaims::key).toList());
    ProviderName provider = call.open().getFirst().attempt().provider();
    Map<UUID, Handover> messages = new LinkedHashMap<>();
    for (TouchAttempt message : call.messages()) {
      Bundles.Kept kept = frozen.get(key(message));
      if (kept == null || kept.message().isEmpty()) {
        giveUp(call, "not_asked_again", taken);
        return;
      }
      messages.put(
          message.attempt(),
          new Handover(
              message.touch().business(),
              message.touch().touch(),
              message.attempt(),
              provider,
              kept.message().body(),
              deadlineNanos));
    }
    taken.parcels().add(new Parcel(call.key(), List.copyOf(messages.values())));
    for (Left left : call.open()) {
      taken
          .again()
          .add(new Claim(left.touch(), Objects.requireNonNull(messages.get(left.attempt().id()))));
    }
  }
}
