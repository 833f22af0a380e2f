package dev.aftertouch.enrollment.enrolling;

import static dev.aftertouch.enrollment.World.TEXT_THEN_EMAIL;
import static dev.aftertouch.enrollment.World.customer;
import static dev.aftertouch.enrollment.World.job;
import static dev.aftertouch.enrollment.World.reopened;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.ServiceType;
import dev.aftertouch.enrollment.Ground;
import dev.aftertouch.enrollment.World;
import dev.aftertouch.enrollment.directory.Directory;
import dev.aftertouch.facts.CustomerChanged;
import dev.aftertouch.facts.CustomerFact;
import dev.aftertouch.facts.EnrollmentFact;
import dev.aftertouch.facts.EnrollmentStarted;
import dev.aftertouch.facts.EnrollmentStopped;
import dev.aftertouch.facts.JobCustomer;
import dev.aftertouch.facts.JobFact;
import dev.aftertouch.facts.PostalAddress;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.kafka.TryAgainException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

class EnrollCustomersTest extends Ground {
  private static final Instant DONE = START.minus(Duration.ofHours(1));
  private static final String ENROLLMENTS =
      """
      SELECT job_id || ' ' || status || coalesce(' ' || stop_reason, '') FROM enrollments
      WHERE business_id = :business ORDER BY enrolled_at, job_id
      """;
  private static final String REFUSALS =
      "SELECT job_id || ' ' || reason FROM refusals WHERE business_id = :business ORDER BY refused_at, job_id";

  @Autowired private EnrollCustomers enrollCustomers;
  @Autowired private Directory directory;
  @Autowired private KafkaListenerEndpointRegistry listeners;

  @BeforeEach
  void startOfTheClock() {
    clock.set(START);
  }

  private void enroll(List<JobFact> facts) {
    await().until(directory::isCurrent);
    enrollCustomers.enroll(facts);
  }

  @Test
  void refusesNobodyForACampaignThatIsStillOnItsWay() {
    UUID business = world.business();
    var campaigns = requireNonNull(listeners.getListenerContainer("enrollment-service.campaigns"));
    campaigns.stop();
    try {
      UUID campaign = UUID.randomUUID();
      world.publish(business, campaign, 1, TEXT_THEN_EMAIL);
      world.tellStanding(business, campaign, TEXT_THEN_EMAIL, "active", "stop", 1);
      JobFact job = job(business, "J-1", DONE, customer("C-1"));
      assertThatThrownBy(() -> enrollCustomers.enroll(List.of(job)))
          .isInstanceOf(TryAgainException.class);
      assertThat(texts(business, REFUSALS)).isEmpty();
      world.tellJob(job, "C-1");
    } finally {
      campaigns.start();
    }

    await().untilAsserted(() -> assertThat(texts(business, ENROLLMENTS)).hasSize(1));
    assertThat(texts(business, REFUSALS)).isEmpty();
  }

  @Test
  void enrollsTheCustomerOfAJobFromTheTopic() {
    UUID business = world.business();
    UUID campaign = world.campaign(business, TEXT_THEN_EMAIL);

    world.tellJob(job(business, "J-1", DONE, customer("C-1")), "C-1");
    await().until(() -> world.count("enrollments", business) == 1);

    assertThat(
            text(
                business,
                """
                SELECT concat_ws(' ', e.campaign_id, e.version, e.job_id, e.service_type, source, status, e.step_id, e.round,
                                 to_char(due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'))
                FROM enrollments e JOIN due_touches d USING (business_id, enrollment_id) WHERE business_id = :business
                """))
        .isEqualTo(campaign + " 1 J-1 hvac automatic_trigger active text 0 2026-03-02 18:00");
    assertThat(
            text(
                business,
                "SELECT step_id || ' ' || round FROM due_touches WHERE business_id = :business"))
        .isEqualTo("text 0");
    List<EnrollmentFact> facts = enrollmentFacts(business);
    assertThat(facts).hasSize(1);
    EnrollmentStarted started = (EnrollmentStarted) facts.getFirst().getFact();
    assertThat(started.getTouches())
        .extracting(touch -> touch.getStepId() + " " + touch.getScheduledAt())
        .containsExactly(
            "text " + DONE.plus(Duration.ofHours(4)), "email " + DONE.plus(Duration.ofHours(48)));
  }

  @Test
  void tellsOthersOfTheCustomerWithZonesAndTheirEvidence() {
    UUID business = world.business();
    PostalAddress arizona = new PostalAddress("1 Mesa Rd", null, "Phoenix", "az", "85001", null);

    enroll(
        List.of(
            job(business, "J-1", DONE, customer("phone")),
            job(business, "J-2", DONE, withAddress("address", arizona, null)),
            job(business, "J-3", DONE, withAddress("zone", arizona, "America/Chicago")),
            job(business, "J-4", DONE, withAddress("nonsense", null, "Mars/Olympus"))));

    Map<String, String> zones = new java.util.TreeMap<>();
    for (CustomerFact fact : customerFacts(business)) {
      CustomerChanged changed = (CustomerChanged) fact.getFact();
      zones.put(
          changed.getExternalId(),
          changed.getZoneEvidence() + " " + changed.getTimeZones().getFirst());
    }
    assertThat(zones)
        .isEqualTo(
            Map.of(
                "phone", "phone America/Denver",
                "address", "address America/Phoenix",
                "zone", "customer America/Chicago",
                "nonsense", "country America/New_York"));
    assertThat(
            text(
                business,
                "SELECT notes::text FROM customers WHERE business_id = :business AND external_id = 'nonsense'"))
        .contains("time zone is not an IANA region");
  }

  @Test
  void changesNothingWhenFactsAreRepeatedAndShuffled() {
    UUID business = world.business();
    world.campaign(business, TEXT_THEN_EMAIL);
    List<JobFact> facts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      facts.add(job(business, "J-1", DONE, customer("C-1")));
      facts.add(job(business, "J-2", DONE, customer("C-2")));
    }
    facts.add(reopened(business, "J-1", DONE.plus(Duration.ofMinutes(5))));
    long seed = 20260302;

    for (int round = 0; round < 5; round++) {
      Collections.shuffle(facts, new Random(seed + round));
      enroll(facts);
    }

    assertThat(texts(business, ENROLLMENTS))
        .as("seed %d", seed)
        .contains("J-2 active")
        .hasSizeLessThanOrEqualTo(2);
    assertThat(texts(business, ENROLLMENTS)).as("seed %d", seed).doesNotContain("J-1 active");
    assertThat(world.count("due_touches", business)).isEqualTo(1);
    assertThat(world.count("jobs", business)).isEqualTo(2);
    assertThat(texts(business, REFUSALS)).as("seed %d", seed).isSubsetOf("J-1 job_reversed");
  }

  @Test
  void stopsTheEnrollmentOfAReopenedJob() {
    UUID business = world.business();
    world.campaign(business, TEXT_THEN_EMAIL);
    enroll(List.of(job(business, "J-1", DONE, customer("C-1"))));

    enroll(List.of(reopened(business, "J-1", START)));
    enroll(List.of(job(business, "J-1", DONE, customer("C-1"))));

    assertThat(text(business, ENROLLMENTS)).isEqualTo("J-1 stopped job_reopened");
    assertThat(texts(business, REFUSALS)).isEmpty();
    assertThat(world.count("due_touches", business)).isZero();
    assertThat(enrollmentFacts(business))
        .extracting(EnrollmentFact::getFact)
        .filteredOn(EnrollmentStopped.class::isInstance)
        .extracting(fact -> ((EnrollmentStopped) fact).getReason())
        .containsExactly("job_reopened");
  }

  @Test
  void beginsAnewWithAJobThatWasReopenedAndCompletedAgain() {
    UUID business = world.business(World.settings(Duration.ZERO, Map.of()));
    world.campaign(business, TEXT_THEN_EMAIL);
    JobFact first = job(business, "J-1", DONE, customer("C-1"));
    JobFact reopened = reopened(business, "J-1", DONE.plus(Duration.ofMinutes(10)));
    JobFact again = job(business, "J-1", DONE.plus(Duration.ofMinutes(20)), customer("C-1"));

    enroll(List.of(first, reopened, again));
    enroll(List.of(again, reopened, first));

    assertThat(texts(business, ENROLLMENTS))
        .containsExactlyInAnyOrder("J-1 stopped job_reopened", "J-1 active");
    assertThat(texts(business, REFUSALS)).isEmpty();
    assertThat(world.count("due_touches", business)).isEqualTo(1);

    enroll(List.of(reopened(business, "J-1", DONE.plus(Duration.ofMinutes(30)))));

    assertThat(texts(business, ENROLLMENTS))
        .containsExactly("J-1 stopped job_reopened", "J-1 stopped job_reopened");
    assertThat(world.count("due_touches", business)).isZero();
  }

  @Test
  void leavesAJobThatWasCompletedAgainToTheCooldown() {
    UUID business = world.business();
    world.campaign(business, TEXT_THEN_EMAIL);

    enroll(
        List.of(
            job(business, "J-1", DONE, customer("C-1")),
            reopened(business, "J-1", DONE.plus(Duration.ofMinutes(10))),
            job(business, "J-1", DONE.plus(Duration.ofMinutes(20)), customer("C-1"))));

    assertThat(texts(business, ENROLLMENTS)).containsExactly("J-1 stopped job_reopened");
    assertThat(text(business, REFUSALS)).isEqualTo("J-1 cooldown");
  }

  @Test
  void refusesACompletionWhoseReversalCameFirst() {
    UUID business = world.business();
    world.campaign(business, TEXT_THEN_EMAIL);

    enroll(List.of(reopened(business, "J-1", START)));
    enroll(List.of(job(business, "J-1", DONE, customer("C-1"))));

    assertThat(texts(business, ENROLLMENTS)).isEmpty();
    assertThat(text(business, REFUSALS)).isEqualTo("J-1 job_reversed");
  }

  @Test
  void enrollsAJobThatWasCompletedAfterItsReversal() {
    UUID business = world.business();
    world.campaign(business, TEXT_THEN_EMAIL);

    enroll(List.of(reopened(business, "J-1", DONE.minus(Duration.ofHours(1)))));
    enroll(List.of(job(business, "J-1", DONE, customer("C-1"))));

    assertThat(text(business, ENROLLMENTS)).isEqualTo("J-1 active");
  }

  @Test
  void stopsTheEnrollmentOfARepeatJobAndLeavesTheNewJobToTheCooldown() {
    UUID business = world.business();
    world.campaign(business, TEXT_THEN_EMAIL);

    enroll(
        List.of(
            job(business, "J-1", DONE, customer("C-1")),
            job(business, "J-2", DONE.plus(Duration.ofMinutes(30)), customer("C-1"))));

    assertThat(texts(business, ENROLLMENTS)).containsExactly("J-1 stopped repeat_job");
    assertThat(text(business, REFUSALS)).isEqualTo("J-2 cooldown");
  }

  @Test
  void enrollsTheNewJobWhereThereIsNoCooldown() {
    UUID business = world.business(World.settings(Duration.ZERO, Map.of()));
    world.campaign(business, TEXT_THEN_EMAIL);

    enroll(
        List.of(
            job(business, "J-1", DONE, customer("C-1")),
            job(business, "J-2", DONE.plus(Duration.ofMinutes(30)), customer("C-1"))));

    assertThat(texts(business, ENROLLMENTS))
        .containsExactly("J-1 stopped repeat_job", "J-2 active");
    assertThat(world.count("due_touches", business)).isEqualTo(1);
  }

  @Test
  void prefersTheCampaignOfTheServiceAndFallsBackToTheOneForAll() {
    UUID business = world.business();
    UUID all = world.campaign(business, TEXT_THEN_EMAIL);
    UUID plumbing = world.campaign(business, TEXT_THEN_EMAIL.withServiceType(ServiceType.PLUMBING));

    enroll(
        List.of(
            job(business, "J-1", "plumbing", DONE, true, customer("C-1")),
            job(business, "J-2", "Roofing", DONE, true, customer("C-2"))));

    assertThat(
            texts(
                business,
                "SELECT job_id || ' ' || campaign_id FROM enrollments WHERE business_id = :business ORDER BY 1"))
        .containsExactly("J-1 " + plumbing, "J-2 " + all);
  }

  @Test
  void takesTheBusinessesOwnFirstDelayForTheService() {
    UUID business =
        world.business(
            World.settings(Duration.ZERO, Map.of(ServiceType.HVAC, Duration.ofHours(24))));
    world.campaign(business, TEXT_THEN_EMAIL);

    enroll(List.of(job(business, "J-1", DONE, customer("C-1"))));

    assertThat(
            text(
                business,
                "SELECT (scheduled_at - anchor)::text FROM enrollments WHERE business_id = :business"))
        .isEqualTo("1 day");
  }

  @Test
  void refusesWithTheReasonThatCanBeReadBack() {
    UUID business = world.business();
    UUID unknown = UUID.randomUUID();
    enroll(List.of(job(business, "none", DONE, customer("C-0"))));
    world.campaign(business, TEXT_THEN_EMAIL);

    enroll(
        List.of(
            job(business, "unwanted", "hvac", DONE, false, customer("C-1")),
            job(business, "old", START.minus(Duration.ofDays(15)), customer("C-2")),
            job(business, "gardening", "gardening", DONE, true, customer("C-3")),
            job(business, "nobody", DONE, withContact("C-4", null, null)),
            job(business, "nonsense", DONE, withContact("C-5", "not an address", "12")),
            job(business, "future", START.plus(Duration.ofDays(1)), customer("C-6")),
            job(unknown, "stray", DONE, customer("C-7"))));

    assertThat(
            texts(
                business,
                "SELECT job_id || ' ' || reason FROM refusals WHERE business_id = :business"))
        .containsExactlyInAnyOrder(
            "none no_matching_campaign",
            "unwanted not_wanted",
            "old job_too_old",
            "gardening service_type_unknown",
            "nobody unreachable",
            "nonsense unreachable",
            "future job_in_future");
    assertThat(text(unknown, REFUSALS)).isEqualTo("stray business_unknown");
    assertThat(world.count("customers", unknown)).isZero();
    assertThat(enrollmentFacts(business)).hasSize(7);
    assertThat(
            get(business, "analyst", "/api/refusals?job_id=old")
                .json()
                .at("/items/0/reason")
                .asString())
        .isEqualTo("job_too_old");
  }

  @Test
  void refusesReenrollmentAPausedCampaignAndAFullOne() {
    UUID business = world.business(World.settings(Duration.ZERO, Map.of()));
    CampaignDefinition onceAndTwoAtMost = World.limited(TEXT_THEN_EMAIL, false, 2);
    UUID campaign = world.campaign(business, onceAndTwoAtMost);

    enroll(
        List.of(
            job(business, "J-1", DONE, customer("C-1")),
            job(business, "J-2", DONE, customer("C-2")),
            job(business, "J-3", DONE, customer("C-3")),
            job(business, "J-4", DONE.plusSeconds(60), customer("C-1"))));
    world.standing(business, campaign, onceAndTwoAtMost, "paused", "hold", 1);
    enroll(List.of(job(business, "J-5", DONE, customer("C-5"))));

    assertThat(texts(business, REFUSALS))
        .containsExactly(
            "J-3 campaign_full", "J-4 reenrollment_not_allowed", "J-5 campaign_not_active");
  }

  @Test
  void refusesTextsWithoutMeasureByTheNameOfTheirField() {
    UUID business = world.business();
    world.campaign(business, TEXT_THEN_EMAIL);
    String megabyte = "x".repeat(1_000_000);

    enroll(
        List.of(
            job(business, "J-1", DONE, named("C-1", megabyte)),
            job(business, "J-2", DONE, named("C-2", "nul\0nul")),
            job(business, megabyte, DONE, customer("C-3")),
            job(business, "J-4", DONE, named("C-4", "Jürgen \"Jo\" O'Brian, Größe"))));

    assertThat(texts(business, "SELECT explanation FROM refusals WHERE business_id = :business"))
        .containsExactlyInAnyOrder(
            "The field customer.first_name has 1000000 characters; at most 200 are allowed.",
            "The field customer.first_name contains a NUL character.",
            "The field fact_id has 1000005 characters; at most 200 are allowed.");
    assertThat(text(business, "SELECT first_name FROM customers WHERE business_id = :business"))
        .isEqualTo("Jürgen \"Jo\" O'Brian, Größe");
  }

  @Test
  void keepsWhatANewerFactToldOfTheCustomer() {
    UUID business = world.business();

    enroll(List.of(job(business, "new", DONE, named("C-1", "Grace"))));
    enroll(List.of(job(business, "older", DONE.minus(Duration.ofDays(1)), named("C-1", "Ada"))));
    enroll(List.of(job(business, "same", DONE.plusSeconds(60), named("C-1", "Grace"))));

    assertThat(
            text(
                business,
                "SELECT first_name || ' ' || revision FROM customers WHERE business_id = :business"))
        .isEqualTo("Grace 1");
    assertThat(customerFacts(business)).hasSize(1);
  }

  private List<CustomerFact> customerFacts(UUID business) {
    return facts(
        Topics.CUSTOMERS, CustomerFact.class, fact -> fact.getBusinessId().equals(business));
  }

  private static JobCustomer withAddress(
      String id, @Nullable PostalAddress address, @Nullable String zone) {
    return new JobCustomer(id, null, null, id + "@example.com", null, address, zone, Map.of());
  }

  private static JobCustomer withContact(
      String id, @Nullable String email, @Nullable String phone) {
    return new JobCustomer(id, null, null, email, phone, null, null, Map.of());
  }

  private static JobCustomer named(String id, String firstName) {
    return new JobCustomer(id, firstName, null, "a@example.com", null, null, null, Map.of());
  }
}
