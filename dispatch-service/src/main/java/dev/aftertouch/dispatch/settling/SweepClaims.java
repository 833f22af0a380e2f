package dev.aftertouch.dispatch.settling;

import dev.aftertouch.dispatch.sending.Handover;
import dev.aftertouch.dispatch.sending.ProviderName;
import dev.aftertouch.dispatch.sending.SendMessages;
import dev.aftertouch.dispatch.settling.StoredTouch.Attempt;
import dev.aftertouch.dispatch.settling.StoredTouch.Key;
import dev.aftertouch.service.kafka.Publisher;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
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
 * <p>Where the provider honours keys, the claim gets a new deadline (which keeps other sweepers
 * away) and is handed over again, same key and same bytes, until the key is {@link #KEY_LIFE} old;
 * but only in a window in which the touch may leave, since the first try may not have arrived: at
 * night it stays claimed until the morning. Everywhere else, and then, the touch is unknown: it may
 * have been sent, so it is not sent again, and the reconciler asks what became of it.
 *
 * <p>A process that was only paused and wakes up later finds its deadline passed before it writes
 * bytes, and its attempt's row no longer claimed when it settles.
 */
final class SweepClaims {
  /** Resend keeps keys for 24 hours; an hour is left for clocks and queues. */
  static final Duration KEY_LIFE = Duration.ofHours(23);

  private static final Logger log = LoggerFactory.getLogger(SweepClaims.class);
  private static final int BATCH = 200;

  private final Tenancy tenancy;
  private final JdbcClient jdbc;
  private final SendMessages sender;
  private final SettleTouches settle;
  private final UnknownAttempts unknown;
  private final HandOverWindows windows;
  private final Publisher publisher;
  private final OutcomeMeters meters;
  private final InstantSource clock;
  private final Duration lease;

  /** No claim older than this is open; the first sweep after a start looks at all of them. */
  private OffsetDateTime oldestOpen = OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  SweepClaims(
      Tenancy tenancy,
      JdbcClient jdbc,
      SendMessages sender,
      SettleTouches settle,
      UnknownAttempts unknown,
      HandOverWindows windows,
      Publisher publisher,
      OutcomeMeters meters,
      InstantSource clock,
      Duration lease) {
    this.tenancy = tenancy;
    this.jdbc = jdbc;
    this.sender = sender;
    this.settle = settle;
    this.unknown = unknown;
    this.windows = windows;
    this.publisher = publisher;
    this.meters = meters;
    this.clock = clock;
    this.lease = lease;
  }

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
    int unknown = giveUp();
    int again = handOverAgain();
    meters.openClaims(unknown + again);
    if (unknown + again > 0) {
      log.info("Swept open claims: {} unknown, {} handed over again", unknown, again);
    }
    return unknown == BATCH || again == BATCH;
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

  /** The outcomes are published before the commit: a crash in between publishes them again. */
  private int giveUp() {
    List<StoredTouch> ended =
        tenancy.asWorker(
            () -> {
              List<StoredTouch> touches =
                  jdbc.sql(
                          """
                          WITH open AS MATERIALIZED (
                            SELECT business_id, touch_id FROM touches
                            WHERE state = 'claimed' AND claimed_at >= :from AND deadline < now() - interval '5 seconds'
                              AND (provider <> ALL (:honouring) OR claimed_at < now() - make_interval(hours => :keyHours))
                            ORDER BY business_id, touch_id LIMIT :batch FOR UPDATE SKIP LOCKED)
                          UPDATE touches t SET state = 'unknown', reason = 'no_answer', decided_at = :now
                          FROM open WHERE t.business_id = open.business_id AND t.touch_id = open.touch_id
                          RETURNING
                          """
                              + StoredTouches.COLUMNS)
                      .param("from", oldestOpen)
                      .param("honouring", honouring())
                      .param("keyHours", (int) KEY_LIFE.toHours())
                      .param("batch", BATCH)
                      .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                      .query(StoredTouches.ROW)
                      .list();
              unknown.note(touches);
              publisher.publishAndAwait(touches.stream().map(OutcomeFacts::of).toList());
              return touches;
            });
    meters.count(ended);
    return ended.size();
  }

  private int handOverAgain() {
    long start = System.nanoTime();
    List<Claim> claims = tenancy.asWorker(() -> claimAgain(start));
    List<SettleTouches.Ended> ended = new ArrayList<>(claims.size());
    List<SendMessages.Answered> answers =
        sender.send(claims.stream().map(Claim::handover).toList());
    for (int i = 0; i < claims.size(); i++) {
      ended.add(new SettleTouches.Ended(claims.get(i), answers.get(i).answer()));
    }
    settle.settleAgain(ended);
    return claims.size();
  }

  private List<Claim> claimAgain(long start) {
    List<StoredTouch> touches =
        jdbc.sql(
                """
                WITH open AS MATERIALIZED (
                  SELECT business_id, touch_id FROM touches
                  WHERE state = 'claimed' AND claimed_at >= :from AND deadline < now() - interval '5 seconds'
                    AND provider = ANY (:honouring) AND claimed_at >= now() - make_interval(hours => :keyHours)
                  ORDER BY business_id, touch_id LIMIT :batch FOR UPDATE SKIP LOCKED)
                UPDATE touches t SET deadline = now() + make_interval(secs => :lease)
                FROM open WHERE t.business_id = open.business_id AND t.touch_id = open.touch_id
                RETURNING
                """
                    + StoredTouches.COLUMNS)
            .param("from", oldestOpen)
            .param("honouring", honouring())
            .param("keyHours", (int) KEY_LIFE.toHours())
            .param("batch", BATCH)
            .param("lease", lease.toSeconds())
            .query(StoredTouches.ROW)
            .list();
    Map<Key, Duration> left = windows.left(touches, clock.instant());
    Map<UUID, byte[]> bodies = bodies(touches);
    List<Claim> claims = new ArrayList<>(touches.size());
    for (StoredTouch touch : touches) {
      Attempt attempt = Objects.requireNonNull(touch.attempt());
      byte[] body = Objects.requireNonNull(bodies.get(attempt.id()));
      claims.add(
          new Claim(
              touch,
              new Handover(
                  touch.id().business(),
                  touch.id().touch(),
                  attempt.id(),
                  attempt.provider(),
                  body,
                  start + left.getOrDefault(touch.key(), lease).toNanos())));
    }
    return claims;
  }

  private Map<UUID, byte[]> bodies(List<StoredTouch> touches) {
    Map<UUID, byte[]> bodies = new HashMap<>();
    jdbc.sql(
            """
            SELECT p.attempt_id, p.body
            FROM unnest(:businesses::uuid[], :attempts::uuid[]) AS k (business_id, attempt_id)
            JOIN payloads p USING (business_id, attempt_id)
            """)
        .param(
            "businesses",
            touches.stream().map(t -> t.id().business().toString()).toArray(String[]::new))
        .param(
            "attempts",
            touches.stream()
                .map(t -> Objects.requireNonNull(t.attempt()).id().toString())
                .toArray(String[]::new))
        .query(
            row -> {
              bodies.put(row.getObject("attempt_id", UUID.class), row.getBytes("body"));
            });
    return bodies;
  }

  private static String[] honouring() {
    return Arrays.stream(ProviderName.values())
        .filter(ProviderName::honoursKeys)
        .map(ProviderName::code)
        .toArray(String[]::new);
  }
}
