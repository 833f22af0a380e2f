package dev.aftertouch.dispatch.gating;

import dev.aftertouch.dispatch.gating.ComposeTouch.Composed;
import dev.aftertouch.dispatch.sending.Handover;
import dev.aftertouch.dispatch.settling.Claim;
import dev.aftertouch.dispatch.settling.SettleTouches;
import dev.aftertouch.dispatch.settling.StoredTouch;
import dev.aftertouch.dispatch.settling.StoredTouch.Attempt;
import dev.aftertouch.dispatch.settling.StoredTouch.Key;
import dev.aftertouch.engine.content.RenderedLink;
import dev.aftertouch.service.kafka.TryAgainException;
import dev.aftertouch.service.sql.Columns;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import tools.jackson.databind.json.JsonMapper;

/** Writes the gate's answers: one row for each touch, and the frozen bytes of each claim. */
final class Claims {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient jdbc;
  private final Duration lease;

  Claims(JdbcClient jdbc, Duration lease) {
    this.jdbc = jdbc;
    this.lease = lease;
  }

  /**
   * Writes all or throws {@link TryAgainException} when another gate was faster with one of them.
   * The hand-overs' deadlines are counted from before the writing and so lie before the rows'.
   *
   * @param known the touches that have a row already: only these are changed, the others are added,
   *     which costs half of an insert that may turn out to be a change
   */
  List<Claim> write(List<Verdict> verdicts, Map<Key, StoredTouch> known, Instant now) {
    long start = System.nanoTime();
    List<Verdict> rows = new ArrayList<>(verdicts);
    rows.sort(Comparator.comparing(verdict -> verdict.touch().key(), SettleTouches.ROW_ORDER));
    List<StoredTouch> first = new ArrayList<>(rows.size());
    List<StoredTouch> again = new ArrayList<>();
    for (Verdict verdict : rows) {
      (known.containsKey(verdict.touch().key()) ? again : first).add(verdict.touch());
    }
    insert(first);
    if (update(again) != again.size()) {
      throw new TryAgainException("Another gate has just decided touches of this batch");
    }
    List<Verdict> claimed = rows.stream().filter(verdict -> verdict.composed() != null).toList();
    freeze(claimed, now);
    List<Claim> claims = new ArrayList<>(claimed.size());
    for (Verdict verdict : claimed) {
      if (verdict.composed() instanceof Composed.Ready ready) {
        StoredTouch touch = verdict.touch();
        claims.add(
            new Claim(
                touch,
                new Handover(
                    touch.id().business(),
                    touch.id().touch(),
                    ready.attempt(),
                    ready.provider(),
                    ready.body(),
                    start + ready.handOver().toNanos())));
      }
    }
    return claims;
  }

  /** Adds touches that have no row yet. */
  private void insert(List<StoredTouch> touches) {
    if (touches.isEmpty()) {
      return;
    }
    try {
      answer(
              jdbc.sql(
                  """
                  INSERT INTO touches (business_id, touch_id, enrollment_id, campaign_id, version, customer_id, step_id, number,
                    channel, round, scheduled_at, due_at, state, reason, evidence, first_decided_at, decided_at, held_until,
                    slot_at, attempt_id, provider, address, payload_hash, segments, claimed_at, deadline)
                  SELECT n.business_id, n.touch_id, n.enrollment_id, n.campaign_id, n.version, n.customer_id, n.step_id, n.number,
                    n.channel, n.round, n.scheduled_at, n.due_at, n.state, n.reason, n.evidence::json, n.decided_at, n.decided_at,
                    n.held_until, n.slot_at, n.attempt_id, n.provider, n.address, n.payload_hash, n.segments,
                    CASE WHEN n.state = 'claimed' THEN now() END,
                    CASE WHEN n.state = 'claimed' THEN now() + make_interval(secs => :lease) END
                  FROM unnest(:businesses, :touches, :enrollments, :campaigns, :versions, :customers, :steps, :numbers, :channels,
                              :rounds, :scheduledAt, :dueAt, :states, :reasons, :evidence, :decidedAt, :heldUntil, :slotAt,
                              :attempts, :providers, :addresses, :hashes, :segments)
                    AS n (business_id, touch_id, enrollment_id, campaign_id, version, customer_id, step_id, number, channel, round,
                          scheduled_at, due_at, state, reason, evidence, decided_at, held_until, slot_at, attempt_id, provider,
                          address, payload_hash, segments)
                  """),
              touches)
          .param("enrollments", Columns.uuids(touches, touch -> touch.id().enrollment()))
          .param("campaigns", Columns.uuids(touches, touch -> touch.id().campaign()))
          .param("versions", Columns.ints(touches, touch -> touch.id().version()))
          .param("customers", Columns.uuids(touches, touch -> touch.id().customer()))
          .param("steps", Columns.texts(touches, touch -> touch.id().stepId()))
          .param("numbers", Columns.ints(touches, touch -> touch.id().number()))
          .param("channels", Columns.texts(touches, touch -> touch.id().channel().code()))
          .param("scheduledAt", Columns.instants(touches, StoredTouch::scheduledAt))
          .update();
    } catch (DuplicateKeyException faster) {
      throw new TryAgainException("Another gate has just decided touches of this batch", faster);
    }
  }

  /** Answers touches anew that were held; how many still were, in an earlier round. */
  private int update(List<StoredTouch> touches) {
    if (touches.isEmpty()) {
      return 0;
    }
    return answer(
            jdbc.sql(
                """
                UPDATE touches t
                SET round = n.round, due_at = n.due_at, state = n.state, reason = n.reason, evidence = n.evidence::json,
                    decided_at = n.decided_at, held_until = n.held_until, slot_at = n.slot_at, attempt_id = n.attempt_id,
                    provider = n.provider, address = n.address, payload_hash = n.payload_hash, segments = n.segments,
                    claimed_at = CASE WHEN n.state = 'claimed' THEN now() END,
                    deadline = CASE WHEN n.state = 'claimed' THEN now() + make_interval(secs => :lease) END
                FROM unnest(:businesses, :touches, :rounds, :dueAt, :states, :reasons, :evidence, :decidedAt, :heldUntil, :slotAt,
                            :attempts, :providers, :addresses, :hashes, :segments)
                  AS n (business_id, touch_id, round, due_at, state, reason, evidence, decided_at, held_until, slot_at, attempt_id,
                        provider, address, payload_hash, segments)
                WHERE t.business_id = n.business_id AND t.touch_id = n.touch_id AND t.state = 'deferred' AND t.round < n.round
                """),
            touches)
        .update();
  }

  /** The columns of an answer. */
  private StatementSpec answer(StatementSpec statement, List<StoredTouch> touches) {
    return statement
        .param("lease", lease.toSeconds())
        .param("businesses", Columns.uuids(touches, touch -> touch.id().business()))
        .param("touches", Columns.uuids(touches, touch -> touch.id().touch()))
        .param("rounds", Columns.ints(touches, StoredTouch::round))
        .param("dueAt", Columns.instants(touches, StoredTouch::dueAt))
        .param("states", Columns.texts(touches, touch -> touch.state().code()))
        .param("reasons", Columns.texts(touches, StoredTouch::reason))
        .param("evidence", Columns.texts(touches, touch -> json(touch.evidence())))
        .param("decidedAt", Columns.instants(touches, StoredTouch::decidedAt))
        .param("heldUntil", Columns.instants(touches, StoredTouch::heldUntil))
        .param("slotAt", Columns.instants(touches, StoredTouch::slotAt))
        .param("attempts", Columns.uuids(touches, of(Attempt::id)))
        .param("providers", Columns.texts(touches, of(attempt -> attempt.provider().code())))
        .param("addresses", Columns.texts(touches, of(Attempt::address)))
        .param("hashes", Columns.blobs(touches, of(Attempt::payloadHash)))
        .param("segments", Columns.optionalInts(touches, of(Attempt::segments)));
  }

  private static <T> Function<StoredTouch, @Nullable T> of(Function<Attempt, @Nullable T> part) {
    return touch -> touch.attempt() == null ? null : part.apply(touch.attempt());
  }

  private void freeze(List<Verdict> claimed, Instant now) {
    List<Composed.Ready> ready =
        claimed.stream()
            .map(Verdict::composed)
            .filter(Composed.Ready.class::isInstance)
            .map(Composed.Ready.class::cast)
            .toList();
    if (ready.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            INSERT INTO payloads (business_id, attempt_id, touch_id, body, link_names, link_targets, written_at)
            SELECT n.business_id, n.attempt_id, n.touch_id, n.body, string_to_array(n.names, E'\\n'),
                   string_to_array(n.targets, E'\\n'), :now
            FROM unnest(:businesses, :attempts, :touches, :bodies, :names, :targets)
              AS n (business_id, attempt_id, touch_id, body, names, targets)
            """)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("businesses", Columns.uuids(claimed, verdict -> verdict.touch().id().business()))
        .param("attempts", Columns.uuids(ready, Composed.Ready::attempt))
        .param("touches", Columns.uuids(claimed, verdict -> verdict.touch().id().touch()))
        .param("bodies", Columns.blobs(ready, Composed.Ready::body))
        .param("names", Columns.texts(ready, r -> lines(r, RenderedLink::name)))
        .param("targets", Columns.texts(ready, r -> lines(r, RenderedLink::target)))
        .update();
  }

  /** One line for each link; neither names nor addresses hold line breaks. */
  private static String lines(Composed.Ready ready, Function<RenderedLink, String> part) {
    return ready.links().stream().map(part).collect(Collectors.joining("\n"));
  }

  private static String json(Map<String, String> evidence) {
    return evidence.isEmpty() ? "{}" : JSON.writeValueAsString(evidence);
  }
}
