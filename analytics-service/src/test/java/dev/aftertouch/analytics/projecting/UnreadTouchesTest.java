package dev.aftertouch.analytics.projecting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aftertouch.analytics.Facts;
import dev.aftertouch.analytics.RunningAnalytics;
import dev.aftertouch.facts.Engagement;
import dev.aftertouch.facts.EngagementKind;
import dev.aftertouch.facts.EnrollmentFact;
import dev.aftertouch.facts.TouchOutcome;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of a touch is written unread where its row is exactly as it was planned. */
class UnreadTouchesTest extends RunningAnalytics {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @Autowired private Fold fold;
  @Autowired private Tenancy tenancy;
  @Autowired private Consumed consumed;
  @Autowired private Touches touches;
  @Autowired private JdbcClient jdbc;

  private final UUID business = UUID.randomUUID();
  private final UUID campaign = UUID.randomUUID();
  private final Facts life = new Facts(business, campaign, UUID.randomUUID(), NOON);
  private final Touch first =
      Touch.planned(new TouchKey(business, life.enrollment(), 1), campaign, 1, "email");
  private final Touch firstSent = first.sent(new Sending(0, "step1", "resend", "hash", null), NOON);
  private final Touch second =
      Touch.planned(new TouchKey(business, life.enrollment(), 2), campaign, 1, "sms");

  @Test
  void areThoseThatAreAsPlanned() {
    folding().fold(Facts.all(life.started(3)));

    assertThat(unread(life.sent(1, NOON), life.deferred(2, 0, NOON)))
        .containsExactlyInAnyOrder(
            new Changed<>(first, firstSent), new Changed<>(second, second.deferredInRound(0)));

    assertThat(read(first, second)).containsExactlyInAnyOrder(firstSent, second.deferredInRound(0));
  }

  @Test
  void areEachFoundAmongOthersThatAreNot() {
    folding().fold(Facts.all(life.started(3), life.failed(1, NOON)));

    assertThat(unread(life.sent(1, NOON), life.sent(2, NOON), life.sent(4, NOON)))
        .containsExactly(
            new Changed<>(
                second, second.sent(new Sending(0, "step2", "resend", "hash", null), NOON)));

    assertThat(read(first)).containsExactly(first.at(Moment.FAILED, NOON));
  }

  @Test
  void areNotThoseToWhichSomethingHasHappened() {
    for (Object before :
        List.of(
            life.deferred(1, 0, NOON),
            life.sent(1, NOON),
            life.failed(1, NOON),
            life.unknown(1, NOON),
            life.skipped(1, "suppressed", NOON),
            life.stopped("repeat_job", 0, NOON),
            life.engagement(EngagementKind.DELIVERED, 1, NOON),
            life.engagement(EngagementKind.OPENED, 1, NOON),
            life.engagement(EngagementKind.CLICKED, 1, NOON),
            life.engagement(EngagementKind.REPLIED, 1, NOON),
            life.engagement(EngagementKind.OPTED_OUT, 1, NOON),
            life.engagement(EngagementKind.BOUNCED, 1, NOON),
            life.engagement(EngagementKind.COMPLAINED, 1, NOON))) {
      folding().fold(Facts.all(life.started(1), before));

      assertThat(unread(life.sent(1, NOON.plusSeconds(9)))).as("after %s", before).isEmpty();

      PROJECTIONS.clear(List.of(business));
    }
  }

  @Test
  void areNotThoseOfAnotherPlan() {
    folding().fold(Facts.all(life.started(1)));

    assertThat(
            mergeUnread(
                Touch.planned(first.key(), campaign, 2, "email").at(Moment.SENT, NOON),
                Touch.planned(second.key(), campaign, 1, "sms").at(Moment.SENT, NOON)))
        .isEmpty();
    assertThat(mergeUnread(Touch.planned(first.key(), campaign, 1, "sms").at(Moment.SENT, NOON)))
        .isEmpty();
    assertThat(
            mergeUnread(
                Touch.planned(first.key(), UUID.randomUUID(), 1, "email").at(Moment.SENT, NOON)))
        .isEmpty();
    assertThat(read(first)).containsExactly(first);
  }

  /** A plan adds a row as a rule, and what came back does not say which version it was. */
  @Test
  void areNotSoughtForPlansNorForWhatCameBack() {
    folding().fold(Facts.all(life.started(1)));

    assertThat(unread(life.started(1), life.engagement(EngagementKind.DELIVERED, 2, NOON)))
        .isEmpty();
  }

  /** As when the key of a customer's facts changes. */
  @Test
  void areNotThoseThatAnotherLaneIsChanging() {
    folding().fold(Facts.all(life.started(1)));

    CompletableFuture<List<Changed<Touch>>> other =
        tenancy.asWorker(
            () -> {
              assertThat(unread(life.deferred(1, 0, NOON))).hasSize(1);
              CompletableFuture<List<Changed<Touch>>> waiting =
                  CompletableFuture.supplyAsync(() -> unread(life.sent(1, NOON)));
              await().pollInSameThread().until(this::somebodyWaitsForUs);
              return waiting;
            });

    assertThat(other.join()).isEmpty();
    assertThat(read(first)).containsExactly(first.deferredInRound(0));
  }

  private boolean somebodyWaitsForUs() {
    return jdbc.sql(
            """
            SELECT EXISTS (
              SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))
            """)
        .query(Boolean.class)
        .single();
  }

  private Folding folding() {
    return new Folding(fold, tenancy, consumed);
  }

  private List<Changed<Touch>> unread(Object... facts) {
    Sightings seen = new Sightings(Set.of());
    for (Object fact : facts) {
      switch (fact) {
        case EnrollmentFact enrollment -> seen.add(enrollment);
        case TouchOutcome outcome -> seen.add(outcome);
        case Engagement engagement -> seen.add(engagement);
        default -> throw new AssertionError(fact);
      }
    }
    return tenancy.asWorker(() -> touches.mergeUnread(seen.touches()));
  }

  private List<Changed<Touch>> mergeUnread(Touch... seen) {
    return tenancy.asWorker(() -> touches.mergeUnread(List.of(seen)));
  }

  private List<Touch> read(Touch... wanted) {
    return tenancy.asWorker(() -> touches.read(List.of(wanted))).values().stream()
        .map(MergedRows.Placed::row)
        .toList();
  }
}
