package dev.aftertouch.dispatch.settling;

import dev.aftertouch.dispatch.sending.Handover;
import dev.aftertouch.dispatch.sending.SendMessages;
import dev.aftertouch.dispatch.settling.OpenClaims.Left;
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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ends claims that nobody ended in time: their process died, or their answer was lost.
 *
 * <p>The engine tells what follows ({@link LeftClaims}), by what the gate reads at that time and
 * inside the barrier as the gate does, so that no message is handed over again after a stop was
 * acknowledged. What is handed over again has the same key and the same bytes. What is given up is
 * unknown: it may have been sent, so it is not sent again, and the reconciler asks what became of
 * it. A new deadline keeps other sweepers away from what is taken.
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
  private final SendMessages sender;
  private final SettleTouches settle;
  private final OpenClaims rules;
  private final OutcomeMeters meters;
  private final InstantSource clock;
  private final Duration lease;

  /** No claim older than this is open; the first sweep after a start looks at all of them. */
  private OffsetDateTime oldestOpen = OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  SweepClaims(
      Tenancy tenancy,
      StopBarrier barrier,
      JdbcClient jdbc,
      SendMessages sender,
      SettleTouches settle,
      OpenClaims rules,
      OutcomeMeters meters,
      InstantSource clock,
      Duration lease) {
    this.tenancy = tenancy;
    this.barrier = barrier;
    this.jdbc = jdbc;
    this.sender = sender;
    this.settle = settle;
    this.rules = rules;
    this.meters = meters;
    this.clock = clock;
    this.lease = lease;
  }

  /** Of so many overdue claims, those that end and those that are handed over once more. */
  private record Taken(int all, List<GivenUp> givenUp, List<Claim> again) {}

  /** Before {@code oldest} no claim is open; whether one of those since is past its deadline. */
  private record Open(OffsetDateTime oldest, boolean overdue) {}

  /** Sweeps once; tells whether there may be more. */
  boolean sweep() {
    Open open = tenancy.asWorker(this::look);
    oldestOpen = open.oldest();
    if (!open.overdue()) {
      meters.openClaims(0);
      return false;
    }
    Taken taken = tenancy.asWorker(this::take);
    settle.giveUp(taken.givenUp());
    handOver(taken.again());
    meters.openClaims(taken.all());
    log.info(
        "Swept {} open claims: {} unknown, {} handed over again, the others wait",
        taken.all(),
        taken.givenUp().size(),
        taken.again().size());
    return taken.all() == BATCH;
  }

  /**
   * Before this nothing is open. A gate transaction under way may have begun up to thirty seconds
   * ago (the barrier's limit); a minute is left for it.
   */
  private Open look() {
    return jdbc.sql(
            """
            SELECT least(now() - interval '1 minute', min(claimed_at)) AS oldest,
                   coalesce(bool_or(deadline < now() - interval '5 seconds'), false) AS overdue
            FROM touches WHERE state = 'claimed' AND claimed_at >= :from
            """)
        .param("from", oldestOpen)
        .query(
            (row, number) ->
                new Open(row.getObject("oldest", OffsetDateTime.class), row.getBoolean("overdue")))
        .single();
  }

  private void handOver(List<Claim> claims) {
    List<SendMessages.Answered> answers =
        sender.send(claims.stream().map(Claim::handover).toList());
    List<SettleTouches.Ended> ended = new ArrayList<>(claims.size());
    for (int i = 0; i < claims.size(); i++) {
      ended.add(new SettleTouches.Ended(claims.get(i), answers.get(i).answer()));
    }
    settle.settleAgain(ended);
  }

  /** A new deadline keeps other sweepers away from what is taken. */
  private Taken take() {
    long start = System.nanoTime();
    barrier.enter();
    List<Left> open =
        jdbc.sql(
                """
                WITH open AS MATERIALIZED (
                  SELECT business_id, touch_id FROM touches
                  WHERE state = 'claimed' AND claimed_at >= :from AND deadline < now() - interval '5 seconds'
                  ORDER BY business_id, touch_id LIMIT :batch FOR UPDATE SKIP LOCKED)
                UPDATE touches t SET deadline = now() + make_interval(secs => :lease)
                FROM open WHERE t.business_id = open.business_id AND t.touch_id = open.touch_id
                RETURNING extract(epoch FROM now() - t.claimed_at) AS age,
                """
                    + StoredTouches.COLUMNS)
            .param("from", oldestOpen)
            .param("batch", BATCH)
            .param("lease", lease.toSeconds())
            .query(SweepClaims::left)
            .list();
    Map<Key, LeftClaims.Next> next = rules.next(open, clock.instant());
    Map<UUID, byte[]> bodies = bodies(open);
    List<GivenUp> givenUp = new ArrayList<>();
    List<Claim> again = new ArrayList<>();
    for (Left claim : open) {
      switch (Objects.requireNonNull(next.get(claim.touch().key()))) {
        case LeftClaims.Next.GiveUp(var reason) ->
            givenUp.add(new GivenUp(claim.touch(), claim.attempt(), reason));
        case LeftClaims.Next.HandOver(var within) ->
            again.add(
                again(
                    claim,
                    Objects.requireNonNull(bodies.get(claim.attempt().id())),
                    start + within.toNanos()));
        case LeftClaims.Next.Wait wait -> {
          // Asked again when its new deadline is over.
        }
      }
    }
    return new Taken(open.size(), givenUp, again);
  }

  private static Left left(ResultSet row, int number) throws SQLException {
    StoredTouch touch = StoredTouches.ROW.mapRow(row, number);
    return new Left(
        touch,
        Objects.requireNonNull(touch.attempt()),
        Duration.ofMillis((long) (row.getDouble("age") * 1000)));
  }

  private static Claim again(Left claim, byte[] body, long deadlineNanos) {
    StoredTouch touch = claim.touch();
    return new Claim(
        touch,
        new Handover(
            touch.id().business(),
            touch.id().touch(),
            claim.attempt().id(),
            claim.attempt().provider(),
            body,
            deadlineNanos));
  }

  private Map<UUID, byte[]> bodies(List<Left> claims) {
    Map<UUID, byte[]> bodies = new HashMap<>();
    jdbc.sql(
            """
            SELECT p.attempt_id, p.body
            FROM unnest(:businesses, :attempts) AS k (business_id, attempt_id)
            JOIN payloads p USING (business_id, attempt_id)
            """)
        .param("businesses", Columns.uuids(claims, claim -> claim.touch().id().business()))
        .param("attempts", Columns.uuids(claims, claim -> claim.attempt().id()))
        .query(
            row -> {
              bodies.put(row.getObject("attempt_id", UUID.class), row.getBytes("body"));
            });
    return bodies;
  }
}
