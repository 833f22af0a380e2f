package dev.aftertouch.enrollment.advancing;

import static dev.aftertouch.enrollment.World.TEXT_THEN_EMAIL;
import static dev.aftertouch.enrollment.World.customer;
import static dev.aftertouch.enrollment.World.inZone;
import static dev.aftertouch.enrollment.World.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.Delay;
import dev.aftertouch.engine.definition.Step;
import dev.aftertouch.enrollment.Ground;
import dev.aftertouch.enrollment.World;
import dev.aftertouch.enrollment.directory.Directory;
import dev.aftertouch.enrollment.directory.VersionKey;
import dev.aftertouch.facts.EnrollmentCompleted;
import dev.aftertouch.facts.JobCustomer;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDeferred;
import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.facts.TouchFailed;
import dev.aftertouch.facts.TouchOutcome;
import dev.aftertouch.facts.TouchSent;
import dev.aftertouch.facts.TouchSkipped;
import dev.aftertouch.facts.TouchUnknown;
import dev.aftertouch.service.kafka.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class AdvancingTest extends Ground {
  private static final Instant DONE = START.minus(Duration.ofHours(1));
  private static final String POSITION =
      """
      SELECT concat_ws(' ', status, stop_reason,
        CASE WHEN status = 'active' THEN CASE WHEN EXISTS (SELECT FROM due_touches d WHERE d.enrollment_id = e.enrollment_id)
          THEN 'waiting' ELSE 'awaiting_outcome' END END,
        step_id, round, touches_completed, deferral)
      FROM enrollments e WHERE business_id = :business
      """;
  private static final String TOUCHES =
      """
      SELECT concat_ws(' ', number, step_id, channel, status, reason) FROM enrollment_touches
      WHERE business_id = :business ORDER BY number
      """;
  private static final String DEFINITION_ID =
      """
      SELECT DISTINCT encode(substring(sha256(convert_to(definition, 'UTF8')) FOR 16), 'hex')::uuid::text
      FROM campaign_versions WHERE business_id = :business
      """;
  private static final String DUE =
      """
      SELECT concat_ws(' ', step_id, round, to_char(due_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI')) FROM due_touches
      WHERE business_id = :business
      """;

  @Autowired private ClaimDueTouches claimDueTouches;
  @Autowired private AdvanceEnrollments advanceEnrollments;
  @Autowired private Directory directory;

  @BeforeEach
  void startOfTheClock() {
    clock.set(START);
    tenancy.asWorker(() -> jdbc.sql("DELETE FROM due_touches").update());
  }

  @Test
  void handsADueTouchToTheGate() {
    UUID business = enrolled(TEXT_THEN_EMAIL);
    claim();
    assertThat(requests(business)).isEmpty();

    clock.set(DONE.plus(Duration.ofHours(4)));
    claim();

    List<TouchDue> requests = requests(business);
    assertThat(requests).hasSize(1);
    TouchDue touch = requests.getFirst();
    assertThat(
            List.of(
                touch.getStepId(),
                touch.getRound(),
                touch.getNumber(),
                touch.getChannel().name(),
                touch.getVersion()))
        .isEqualTo(List.of("text", 0, 1, "SMS", 1));
    assertThat(touch.getScheduledAt()).isEqualTo(DONE.plus(Duration.ofHours(4)));
    assertThat(touch.getDueAt()).isEqualTo(DONE.plus(Duration.ofHours(4)));
    assertThat(touch.getJobValue()).isEqualTo("129.50");
    assertThat(touch.getCustomerRevision()).isEqualTo(1);
    assertThat(text(business, POSITION)).isEqualTo("active awaiting_outcome text 0 0");
    assertThat(world.count("due_touches", business)).isZero();
  }

  @Test
  void tellsTheGateWhatTheVersionSays() {
    UUID business = enrolled(TEXT_THEN_EMAIL);

    TouchDue touch = claimAt(business, DONE.plus(Duration.ofHours(4)));

    assertThat(touch.getDefinitionId()).hasToString(text(business, DEFINITION_ID));
    assertThat(
            text(
                business,
                "SELECT definition_id::text FROM enrollments WHERE business_id = :business"))
        .isEqualTo(text(business, DEFINITION_ID));
  }

  @Test
  void followsAVersionOfWhichNothingWasNoted() {
    UUID business = enrolled(TEXT_THEN_EMAIL);
    tenancy.asWorker(
        () ->
            jdbc.sql("UPDATE enrollments SET definition_id = NULL WHERE business_id = :business")
                .param("business", business)
                .update());

    TouchDue touch = claimAt(business, DONE.plus(Duration.ofHours(4)));
    assertThat(touch.getDefinitionId()).hasToString(text(business, DEFINITION_ID));
    advanceEnrollments.advance(
        List.of(TouchOutcome.newBuilder(outcome(touch, sent())).setDefinitionId(null).build()));

    assertThat(text(business, POSITION)).isEqualTo("active waiting email 0 1");
  }

  @Test
  void findsTheDefinitionOfAVersionThatAnOlderInstanceAdded() {
    UUID business = enrolled(TEXT_THEN_EMAIL);
    VersionKey older = new VersionKey(business, UUID.randomUUID(), 1);
    tenancy.asWorker(
        () ->
            jdbc.sql(
                    """
                    INSERT INTO campaign_versions (business_id, campaign_id, version, definition)
                    SELECT business_id, :campaign, 1, definition FROM campaign_versions WHERE business_id = :business
                    """)
                .param("campaign", older.campaignId())
                .param("business", business)
                .update());

    assertThat(tenancy.asWorker(() -> directory.definitions(List.of(older))))
        .hasEntrySatisfying(
            older,
            definition -> assertThat(definition.id()).hasToString(text(business, DEFINITION_ID)));
  }

  @Test
  void tellsTheGateHowNewTheCustomerMustBeThatChangedSinceItWasEnrolled() {
    UUID business = enrolled(TEXT_THEN_EMAIL);
    JobCustomer withZone = inZone(customer("c-0"), "America/Boise");

    world.tellJob(job(business, "earlier", DONE.minusSeconds(1), withZone), "c-0");
    await().until(() -> world.count("refusals", business) == 1);

    assertThat(claimAt(business, DONE.plus(Duration.ofHours(4))).getCustomerRevision())
        .isEqualTo(2);
  }

  @Test
  void reckonsTheNextTouchFromTheScheduledTimeWhateverBecameOfTheFirst() {
    UUID business = enrolled(TEXT_THEN_EMAIL);
    TouchDue first = claimAt(business, DONE.plus(Duration.ofHours(9)));

    advanceEnrollments.advance(
        List.of(outcome(first, new TouchFailed("rejected_by_provider", null, null))));

    assertThat(text(business, POSITION)).isEqualTo("active waiting email 0 1");
    assertThat(text(business, DUE)).isEqualTo("email 0 03-04 14:00");
    assertThat(text(business, TOUCHES)).isEqualTo("1 text sms failed rejected_by_provider");
  }

  @Test
  void comesBackInTheNextRoundAfterADeferral() {
    UUID business = enrolled(TEXT_THEN_EMAIL);
    TouchDue first = claimAt(business, DONE.plus(Duration.ofHours(4)));
    Instant morning = START.plus(Duration.ofHours(20));

    advanceEnrollments.advance(
        List.of(outcome(first, new TouchDeferred(morning, "quiet_hours", Map.of()))));

    assertThat(text(business, POSITION)).isEqualTo("active waiting text 1 0 quiet_hours");
    assertThat(text(business, DUE)).isEqualTo("text 1 03-03 11:00");
    assertThat(texts(business, TOUCHES)).isEmpty();
    TouchDue second = claimAt(business, morning);
    assertThat(second.getTouchId()).isEqualTo(first.getTouchId());
    assertThat(second.getRound()).isEqualTo(1);
    assertThat(second.getScheduledAt()).isEqualTo(first.getScheduledAt());
  }

  @Test
  void completesAfterTheLastTouchAndSaysSoOnce() {
    UUID business = enrolled(TEXT_THEN_EMAIL);
    TouchOutcome first = outcome(claimAt(business, DONE.plus(Duration.ofHours(4))), sent());
    publisher.publishAndAwait(
        List.of(Outgoing.of(Topics.TOUCH_OUTCOMES, first.getCustomerId().toString(), first)));
    await().until(() -> text(business, POSITION).equals("active waiting email 0 1"));
    TouchOutcome second =
        outcome(
            claimAt(business, DONE.plus(Duration.ofHours(48))),
            new TouchSkipped("suppressed", Map.of()));

    advanceEnrollments.advance(List.of(second, first, second));
    advanceEnrollments.advance(List.of(first, second));

    assertThat(text(business, POSITION)).isEqualTo("completed email 0 2");
    assertThat(texts(business, TOUCHES))
        .containsExactly("1 text sms sent", "2 email email skipped suppressed");
    assertThat(
            enrollmentFacts(business).stream()
                .filter(f -> f.getFact() instanceof EnrollmentCompleted))
        .hasSize(1);
  }

  @Test
  void ignoresAnAnswerToAnEarlierRound() {
    UUID business = enrolled(TEXT_THEN_EMAIL);
    TouchDue first = claimAt(business, DONE.plus(Duration.ofHours(4)));
    TouchOutcome deferred =
        outcome(first, new TouchDeferred(START.plus(Duration.ofHours(20)), "pacing", Map.of()));
    advanceEnrollments.advance(List.of(deferred));
    claimAt(business, START.plus(Duration.ofHours(20)));

    advanceEnrollments.advance(List.of(deferred));

    assertThat(text(business, POSITION)).isEqualTo("active awaiting_outcome text 1 0 pacing");
  }

  @Test
  void settlesAnUnknownEndingLater() {
    UUID business = enrolled(TEXT_THEN_EMAIL);
    TouchDue first = claimAt(business, DONE.plus(Duration.ofHours(4)));
    advanceEnrollments.advance(List.of(outcome(first, new TouchUnknown("twilio", "timeout"))));
    assertThat(text(business, TOUCHES)).isEqualTo("1 text sms unknown timeout");

    advanceEnrollments.advance(List.of(outcome(first, sent())));

    assertThat(text(business, TOUCHES)).isEqualTo("1 text sms sent");
    assertThat(text(business, POSITION)).isEqualTo("active waiting email 0 1");
  }

  @Test
  void passesWaitsAndExitsByItself() {
    CampaignDefinition waits =
        World.definition(
            List.of(
                new Step.Wait("pause", Delay.hours(1)),
                World.TEXT,
                new Step.ExitCampaign("exit", Delay.hours(2), null),
                World.EMAIL));
    UUID business = enrolled(waits);
    claim();
    assertThat(text(business, POSITION)).isEqualTo("active waiting text 0 0");
    TouchDue touch = claimAt(business, DONE.plus(Duration.ofHours(5)));
    advanceEnrollments.advance(List.of(outcome(touch, sent())));

    clock.set(DONE.plus(Duration.ofHours(7)));
    claim();

    assertThat(text(business, POSITION)).isEqualTo("completed exit 0 1");
    assertThat(world.count("due_touches", business)).isZero();
  }

  @Test
  void publishesTheSameTouchAgainWhenTheCommitWasLost() {
    UUID business = enrolled(TEXT_THEN_EMAIL);
    TouchDue first = claimAt(business, DONE.plus(Duration.ofHours(4)));
    loseTheCommitOfTheClaim(business);

    claim();

    assertThat(requests(business)).hasSize(2).containsOnly(first);
  }

  @Test
  void advancesByAnAnswerThatOvertookTheCommit() {
    UUID business = enrolled(TEXT_THEN_EMAIL);
    TouchDue first = claimAt(business, DONE.plus(Duration.ofHours(4)));
    loseTheCommitOfTheClaim(business);

    advanceEnrollments.advance(List.of(outcome(first, sent())));
    claim();

    assertThat(text(business, DUE)).isEqualTo("email 0 03-04 14:00");
    assertThat(requests(business)).hasSize(1);
  }

  @Test
  void leavesTheTouchesOfAHeldCampaignUntilThePauseIsOver() {
    UUID business = world.business();
    UUID campaign = world.campaign(business, TEXT_THEN_EMAIL);
    enroll(business, 1);
    world.standing(business, campaign, TEXT_THEN_EMAIL, "paused", "hold", 1);
    clock.set(DONE.plus(Duration.ofHours(4)));
    claim();
    assertThat(requests(business)).isEmpty();
    assertThat(text(business, "SELECT held::text FROM due_touches WHERE business_id = :business"))
        .isEqualTo("true");

    world.standing(business, campaign, TEXT_THEN_EMAIL, "active", "hold", 1);
    await()
        .until(
            () ->
                text(business, "SELECT held::text FROM due_touches WHERE business_id = :business")
                    .equals("false"));
    claim();

    assertThat(requests(business)).hasSize(1);
  }

  /** Puts the due row back that the claim has removed. */
  private void loseTheCommitOfTheClaim(UUID business) {
    tenancy.asWorker(
        () -> {
          jdbc.sql(
                  """
                  INSERT INTO due_touches
                    (business_id, enrollment_id, campaign_id, version, definition_id, customer_id, customer_revision, job_id,
                     service_type, job_completed_at, job_value, touches_completed, step_id, round, scheduled_at, due_at)
                  SELECT business_id, enrollment_id, campaign_id, version, definition_id, customer_id, customer_revision, job_id,
                         service_type, job_completed_at, job_value, touches_completed, step_id, round, scheduled_at, scheduled_at
                  FROM enrollments WHERE business_id = :business
                  """)
              .param("business", business)
              .update();
        });
  }

  /** Four claimers at once stand for several instances: they share nothing but the database. */
  @Test
  void claimsNoTouchTwiceAndLosesNoneWithSeveralClaimers() throws Exception {
    UUID business = world.business(World.settings(Duration.ZERO, Map.of()));
    world.campaign(business, TEXT_THEN_EMAIL);
    enroll(business, 3_000);
    clock.set(DONE.plus(Duration.ofHours(4)));

    try (ExecutorService claimers = Executors.newFixedThreadPool(4)) {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        tasks.add(
            () -> {
              while (world.count("due_touches", business) > 0) {
                claimDueTouches.claim();
              }
              return true;
            });
      }
      for (Future<Boolean> done : claimers.invokeAll(tasks)) {
        assertThat(done.get()).isTrue();
      }
    }

    List<UUID> touches = requests(business).stream().map(TouchDue::getTouchId).toList();
    assertThat(touches).hasSize(3_000);
    assertThat(new HashSet<>(touches)).hasSize(3_000);
    assertThat(
            text(
                business,
                "SELECT count(*)::text FROM enrollments WHERE business_id = :business AND status = 'active'"))
        .isEqualTo("3000");
  }

  @Test
  void keepsAdvancingAndEndingWithinTheHeapPage() {
    UUID business = world.business(World.settings(Duration.ZERO, Map.of()));
    world.campaign(business, TEXT_THEN_EMAIL);
    enroll(business, 500);
    assertThat(world.count("active_enrollments", business)).isEqualTo(500);
    long all = updates("n_tup_upd");
    long elsewhere = updates("n_tup_upd - n_tup_hot_upd");

    for (Duration due : List.of(Duration.ofHours(4), Duration.ofDays(30))) {
      clock.set(DONE.plus(due));
      while (world.count("due_touches", business) > 0) {
        claim();
      }
      List<TouchDue> requests = requests(business);
      advanceEnrollments.advance(
          requests.subList(requests.size() - 500, requests.size()).stream()
              .map(touch -> outcome(touch, sent()))
              .toList());
    }

    assertThat(world.count("active_enrollments", business)).isZero();
    // A session tells its figures when it has been idle for ten seconds, at the latest.
    await().atMost(Duration.ofSeconds(40)).until(() -> updates("n_tup_upd") - all >= 1_000);
    assertThat(updates("n_tup_upd - n_tup_hot_upd") - elsewhere).isLessThan(100);
  }

  private long updates(String figure) {
    return tenancy.asWorker(
        () ->
            jdbc.sql("SELECT " + figure + " FROM pg_stat_user_tables WHERE relname = 'enrollments'")
                .query(Long.class)
                .single());
  }

  private UUID enrolled(CampaignDefinition definition) {
    UUID business = world.business();
    world.campaign(business, definition);
    enroll(business, 1);
    return business;
  }

  private void enroll(UUID business, int jobs) {
    List<Outgoing> facts = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      facts.add(
          Outgoing.of(
              Topics.JOBS,
              business + ":C-" + i,
              job(business, "J-" + i, DONE, customer("c-" + i))));
    }
    publisher.publishAndAwait(facts);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> world.count("enrollments", business) == jobs);
  }

  private void claim() {
    while (claimDueTouches.claim()) {
      // until nothing more is due
    }
  }

  private TouchDue claimAt(UUID business, Instant time) {
    clock.set(time);
    claim();
    return requests(business).getLast();
  }

  private List<TouchDue> requests(UUID business) {
    return facts(
        Topics.TOUCHES_DUE, TouchDue.class, touch -> touch.getBusinessId().equals(business));
  }

  private static TouchSent sent() {
    return new TouchSent("twilio", "SM1", "00", 1);
  }

  private TouchOutcome outcome(TouchDue touch, Object outcome) {
    return new TouchOutcome(
        touch.getTouchId(),
        touch.getRound(),
        touch.getBusinessId(),
        touch.getEnrollmentId(),
        touch.getCampaignId(),
        touch.getVersion(),
        touch.getDefinitionId(),
        touch.getCustomerId(),
        touch.getStepId(),
        touch.getNumber(),
        touch.getChannel(),
        touch.getScheduledAt(),
        touch.getDueAt(),
        clock.instant(),
        outcome);
  }
}
