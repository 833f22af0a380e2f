package dev.aftertouch.dispatch.gating;

import dev.aftertouch.dispatch.gating.ComposeTouch.Composed;
import dev.aftertouch.dispatch.messages.Bundles;
import dev.aftertouch.dispatch.messages.Bundles.Owned;
import dev.aftertouch.dispatch.messages.FrozenMessage;
import dev.aftertouch.dispatch.sending.Handover;
import dev.aftertouch.dispatch.settling.Claim;
import dev.aftertouch.dispatch.settling.ClaimsInFlight;
import dev.aftertouch.dispatch.settling.Flight;
import dev.aftertouch.dispatch.settling.SettleTouches;
import dev.aftertouch.dispatch.settling.StoredTouch;
import dev.aftertouch.dispatch.settling.StoredTouch.Attempt;
import dev.aftertouch.dispatch.settling.StoredTouch.Key;
import dev.aftertouch.engine.content.RenderedLink;
import dev.aftertouch.service.kafka.TryAgainException;
import dev.aftertouch.service.sql.RowType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the gate's answers: one row for each touch, the frozen bytes of each claim, and which
 * claims are on their way out.
 */
final class Claims {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final RowType<StoredTouch> ANSWER =
      RowType.<StoredTouch>of("gate_answer")
          .uuid("business_id", touch -> touch.id().business())
          .uuid("touch_id", touch -> touch.id().touch())
          .uuid("enrollment_id", touch -> touch.id().enrollment())
          .uuid("campaign_id", touch -> touch.id().campaign())
          .int4("version", touch -> touch.id().version())
          .uuid("customer_id", touch -> touch.id().customer())
          .text("step_id", touch -> touch.id().stepId())
          .int4("number", touch -> touch.id().number())
          .text("channel", touch -> touch.id().channel().code())
          .int4("round", StoredTouch::round)
          .instant("scheduled_at", StoredTouch::scheduledAt)
          .instant("due_at", StoredTouch::dueAt)
          .text("state", touch -> touch.state().code())
          .text("reason", StoredTouch::reason)
          .text("evidence", touch -> json(touch.evidence()))
          .instant("decided_at", StoredTouch::decidedAt)
          .instant("held_until", StoredTouch::heldUntil)
          .instant("slot_at", StoredTouch::slotAt)
          .uuid("attempt_id", of(Attempt::id))
          .text("provider", of(attempt -> attempt.provider().code()))
          .text("address", of(Attempt::address))
          .blob("payload_hash", of(Attempt::payloadHash))
          .optionalInt4("segments", of(Attempt::segments));

  private final JdbcClient jdbc;
  private final Bundles bundles;
  private final ClaimsInFlight inFlight;
  private final Duration lease;

  Claims(JdbcClient jdbc, Bundles bundles, ClaimsInFlight inFlight, Duration lease) {
    this.jdbc = jdbc;
    this.bundles = bundles;
    this.inFlight = inFlight;
    this.lease = lease;
  }

  /**
   * Writes all or throws {@link TryAgainException} when another gate was faster with one of them.
   * The hand-overs' deadlines are counted from before the writing and so lie before the rows'.
   *
   * @param known the touches that have a row already: only these are changed, the others are added,
   *     which costs half of an insert that may turn out to be a change
   */
  Flight write(List<Verdict> verdicts, Map<Key, StoredTouch> known, Instant now) {
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
    return inFlight.begin(claims);
  }

  /** Adds touches that have no row yet. */
  private void insert(List<StoredTouch> touches) {
    if (touches.isEmpty()) {
      return;
    }
    try {
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
              FROM unnest(:answers::gate_answer[]) AS n
              """)
          .param("answers", ANSWER.rows(touches))
          .param("lease", lease.toSeconds())
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
    return jdbc.sql(
            """
            UPDATE touches t
            SET round = n.round, due_at = n.due_at, state = n.state, reason = n.reason, evidence = n.evidence::json,
                decided_at = n.decided_at, held_until = n.held_until, slot_at = n.slot_at, attempt_id = n.attempt_id,
                provider = n.provider, address = n.address, payload_hash = n.payload_hash, segments = n.segments,
                claimed_at = CASE WHEN n.state = 'claimed' THEN now() END,
                deadline = CASE WHEN n.state = 'claimed' THEN now() + make_interval(secs => :lease) END
            FROM unnest(:answers::gate_answer[]) AS n
            WHERE t.business_id = n.business_id AND t.touch_id = n.touch_id AND t.state = 'deferred' AND t.round < n.round
            """)
        .param("answers", ANSWER.rows(touches))
        .param("lease", lease.toSeconds())
        .update();
  }

  private void freeze(List<Verdict> claimed, Instant now) {
    List<Owned> messages = new ArrayList<>(claimed.size());
    for (Verdict verdict : claimed) {
      Composed.Ready ready = Objects.requireNonNull(verdict.composed());
      messages.add(
          new Owned(
              verdict.touch().id().business(),
              new FrozenMessage(
                  ready.attempt(),
                  verdict.touch().id().touch(),
                  ready.body(),
                  ready.links().stream().map(RenderedLink::name).toList(),
                  ready.links().stream().map(RenderedLink::target).toList())));
    }
    bundles.add(messages, now);
  }

  private static <T> Function<StoredTouch, @Nullable T> of(Function<Attempt, @Nullable T> part) {
    return touch -> touch.attempt() == null ? null : part.apply(touch.attempt());
  }

  private static String json(Map<String, String> evidence) {
    return evidence.isEmpty() ? "{}" : JSON.writeValueAsString(evidence);
  }
}
