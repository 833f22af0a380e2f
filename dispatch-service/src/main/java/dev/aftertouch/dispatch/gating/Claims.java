package dev.aftertouch.dispatch.gating;

import dev.aftertouch.dispatch.gating.ComposeTouch.Composed;
import dev.aftertouch.dispatch.sending.Handover;
import dev.aftertouch.dispatch.settling.Claim;
import dev.aftertouch.dispatch.settling.SettleTouches;
import dev.aftertouch.dispatch.settling.StoredTouch;
import dev.aftertouch.dispatch.settling.StoredTouch.Attempt;
import dev.aftertouch.engine.content.RenderedLink;
import dev.aftertouch.service.kafka.TryAgainException;
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
import org.springframework.jdbc.core.simple.JdbcClient;
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
   */
  List<Claim> write(List<Verdict> verdicts, Instant now) {
    long start = System.nanoTime();
    List<Verdict> rows = new ArrayList<>(verdicts);
    rows.sort(Comparator.comparing(verdict -> verdict.touch().key(), SettleTouches.ROW_ORDER));
    int written = upsert(rows.stream().map(Verdict::touch).toList());
    if (written != rows.size()) {
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

  private int upsert(List<StoredTouch> touches) {
    return jdbc.sql(
            """
            INSERT INTO touches AS t (business_id, touch_id, enrollment_id, campaign_id, version, customer_id, step_id, number,
              channel, round, scheduled_at, due_at, state, reason, evidence, first_decided_at, decided_at, held_until, slot_at,
              attempt_id, provider, address, payload_hash, segments, claimed_at, deadline)
            SELECT n.business_id, n.touch_id, n.enrollment_id, n.campaign_id, n.version, n.customer_id, n.step_id, n.number,
              n.channel, n.round, n.scheduled_at, n.due_at, n.state, n.reason, n.evidence::json, n.decided_at, n.decided_at,
              n.held_until, n.slot_at, n.attempt_id, n.provider, n.address, n.payload_hash, n.segments,
              CASE WHEN n.state = 'claimed' THEN now() END,
              CASE WHEN n.state = 'claimed' THEN now() + make_interval(secs => :lease) END
            FROM unnest(:businesses::uuid[], :touches::uuid[], :enrollments::uuid[], :campaigns::uuid[], :versions::int[],
                        :customers::uuid[], :steps::text[], :numbers::int[], :channels::text[], :rounds::int[],
                        :scheduledAt::timestamptz[], :dueAt::timestamptz[], :states::text[], :reasons::text[], :evidence::text[],
                        :decidedAt::timestamptz[], :heldUntil::timestamptz[], :slotAt::timestamptz[], :attempts::uuid[],
                        :providers::text[], :addresses::text[], :hashes::bytea[], :segments::int[])
              AS n (business_id, touch_id, enrollment_id, campaign_id, version, customer_id, step_id, number, channel, round,
                    scheduled_at, due_at, state, reason, evidence, decided_at, held_until, slot_at, attempt_id, provider, address,
                    payload_hash, segments)
            ON CONFLICT (business_id, touch_id) DO UPDATE
            SET round = excluded.round, due_at = excluded.due_at, state = excluded.state, reason = excluded.reason,
                evidence = excluded.evidence, decided_at = excluded.decided_at, held_until = excluded.held_until,
                slot_at = excluded.slot_at, attempt_id = excluded.attempt_id, provider = excluded.provider,
                address = excluded.address, payload_hash = excluded.payload_hash, segments = excluded.segments,
                claimed_at = excluded.claimed_at, deadline = excluded.deadline
            WHERE t.state = 'deferred' AND t.round < excluded.round
            """)
        .param("lease", lease.toSeconds())
        .param("businesses", texts(touches, touch -> touch.id().business().toString()))
        .param("touches", texts(touches, touch -> touch.id().touch().toString()))
        .param("enrollments", texts(touches, touch -> touch.id().enrollment().toString()))
        .param("campaigns", texts(touches, touch -> touch.id().campaign().toString()))
        .param("versions", numbers(touches, touch -> touch.id().version()))
        .param("customers", texts(touches, touch -> touch.id().customer().toString()))
        .param("steps", texts(touches, touch -> touch.id().stepId()))
        .param("numbers", numbers(touches, touch -> touch.id().number()))
        .param("channels", texts(touches, touch -> touch.id().channel().code()))
        .param("rounds", numbers(touches, StoredTouch::round))
        .param("scheduledAt", texts(touches, touch -> touch.scheduledAt().toString()))
        .param("dueAt", texts(touches, touch -> touch.dueAt().toString()))
        .param("states", texts(touches, touch -> touch.state().code()))
        .param("reasons", texts(touches, StoredTouch::reason))
        .param("evidence", texts(touches, touch -> json(touch.evidence())))
        .param("decidedAt", texts(touches, touch -> touch.decidedAt().toString()))
        .param("heldUntil", texts(touches, touch -> text(touch.heldUntil())))
        .param("slotAt", texts(touches, touch -> text(touch.slotAt())))
        .param("attempts", attempts(touches, attempt -> attempt.id().toString()))
        .param("providers", attempts(touches, attempt -> attempt.provider().code()))
        .param("addresses", attempts(touches, Attempt::address))
        .param(
            "hashes",
            touches.stream()
                .map(touch -> touch.attempt() == null ? null : touch.attempt().payloadHash())
                .toArray(byte[][]::new))
        .param(
            "segments",
            touches.stream()
                .map(touch -> touch.attempt() == null ? null : touch.attempt().segments())
                .toArray(Integer[]::new))
        .update();
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
            FROM unnest(:businesses::uuid[], :attempts::uuid[], :touches::uuid[], :bodies::bytea[], :names::text[], :targets::text[])
              AS n (business_id, attempt_id, touch_id, body, names, targets)
            """)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param(
            "businesses",
            claimed.stream().map(v -> v.touch().id().business().toString()).toArray(String[]::new))
        .param("attempts", ready.stream().map(r -> r.attempt().toString()).toArray(String[]::new))
        .param(
            "touches",
            claimed.stream().map(v -> v.touch().id().touch().toString()).toArray(String[]::new))
        .param("bodies", ready.stream().map(Composed.Ready::body).toArray(byte[][]::new))
        .param(
            "names", ready.stream().map(r -> lines(r, RenderedLink::name)).toArray(String[]::new))
        .param(
            "targets",
            ready.stream().map(r -> lines(r, RenderedLink::target)).toArray(String[]::new))
        .update();
  }

  /** One line for each link; neither names nor addresses hold line breaks. */
  private static String lines(Composed.Ready ready, Function<RenderedLink, String> part) {
    return ready.links().stream().map(part).collect(Collectors.joining("\n"));
  }

  private static String json(Map<String, String> evidence) {
    return evidence.isEmpty() ? "{}" : JSON.writeValueAsString(evidence);
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static @Nullable String[] attempts(
      List<StoredTouch> touches, Function<Attempt, @Nullable String> part) {
    return texts(touches, touch -> touch.attempt() == null ? null : part.apply(touch.attempt()));
  }

  private static @Nullable String[] texts(
      List<StoredTouch> touches, Function<StoredTouch, @Nullable String> column) {
    return touches.stream().map(column).toArray(String[]::new);
  }

  private static Integer[] numbers(
      List<StoredTouch> touches, Function<StoredTouch, Integer> column) {
    return touches.stream().map(column).toArray(Integer[]::new);
  }
}
