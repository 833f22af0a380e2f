package dev.aftertouch.enrollment.viewing;

import static dev.aftertouch.enrollment.World.TEXT_THEN_EMAIL;
import static dev.aftertouch.enrollment.World.customer;
import static dev.aftertouch.enrollment.World.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aftertouch.enrollment.Ground;
import dev.aftertouch.enrollment.World;
import dev.aftertouch.enrollment.ids.NamedIds;
import dev.aftertouch.facts.EnrollmentStarted;
import dev.aftertouch.local.testing.RowLevelSecurity;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ViewingTest extends Ground {
  private static final Instant DONE = START.minus(Duration.ofHours(1));

  @BeforeEach
  void startOfTheClock() {
    clock.set(START);
  }

  @Test
  void listsByStatusCampaignAndCustomerFiftyAtATime() {
    UUID business = world.business();
    UUID campaign = world.campaign(business, TEXT_THEN_EMAIL);
    enroll(business, 60);

    JsonNode first =
        get(business, "analyst", "/api/enrollments?status=active&campaign_id=" + campaign).json();
    JsonNode second = get(business, "analyst", "/api/enrollments?page=1").json();

    assertThat(first.at("/items").size()).isEqualTo(50);
    assertThat(first.at("/more").asBoolean()).isTrue();
    assertThat(second.at("/items").size()).isEqualTo(10);
    assertThat(second.at("/more").asBoolean()).isFalse();
    assertThat(
            get(
                    business,
                    "owner",
                    "/api/enrollments?customer_id=" + NamedIds.customer(business, "c-7"))
                .json()
                .at("/items/0/job_id")
                .asString())
        .isEqualTo("J-7");
    assertThat(get(business, "owner", "/api/enrollments?status=stopped").json().at("/items").size())
        .isZero();
    assertThat(get(business, "owner", "/api/enrollments?status=gone").status()).isEqualTo(422);
    assertThat(get(business, "owner", "/api/enrollments?campaign_id=x").status()).isEqualTo(400);
  }

  @Test
  void showsTheTouchesOfAnEnrollmentToItsBusinessOnly() {
    UUID business = world.business();
    world.campaign(business, TEXT_THEN_EMAIL);
    enroll(business, 1);
    String path =
        "/api/enrollments/"
            + get(business, "owner", "/api/enrollments")
                .json()
                .at("/items/0/enrollment_id")
                .asString();

    JsonNode view = get(business, "analyst", path).json();

    assertThat(view.at("/enrollment/status").asString()).isEqualTo("active");
    assertThat(
            view.at("/touches")
                .valueStream()
                .map(
                    t ->
                        t.at("/step_id").asString()
                            + " "
                            + t.at("/status").asString()
                            + " "
                            + t.at("/scheduled_at").asString()))
        .containsExactly("text pending 2026-03-02T18:00:00Z", "email pending 2026-03-04T14:00:00Z");
    assertThat(get(world.business(), "owner", path).status()).isEqualTo(404);
    assertThat(
            get(world.business(), "owner", "/api/customers/" + NamedIds.customer(business, "c-0"))
                .status())
        .isEqualTo(404);
    assertThat(
            get(business, "owner", "/api/customers/" + NamedIds.customer(business, "c-0"))
                .json()
                .at("/email")
                .asString())
        .isEqualTo("c-0@example.com");
  }

  @Test
  void enrollsByHandUnderTheSameRules() {
    UUID business = world.business(World.settings(Duration.ZERO, Map.of()));
    world.tellJob(job(business, "J-1", DONE, customer("c-0")), "c-0");
    await().until(() -> world.count("customers", business) == 1);
    UUID campaign = world.campaign(business, TEXT_THEN_EMAIL);
    String request =
        "{\"campaign_id\": \"%s\", \"customer_external_id\": \"c-0\"}".formatted(campaign);

    assertThat(post(business, "analyst", "/api/enrollments", request).status()).isEqualTo(403);
    Answer enrolled = post(business, "staff", "/api/enrollments", request);
    Answer again = post(business, "staff", "/api/enrollments", request);

    assertThat(enrolled.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().at("/reason").asString()).isEqualTo("already_active");
    assertThat(text(business, "SELECT source FROM enrollments WHERE business_id = :business"))
        .isEqualTo("manual_admin");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        enrollmentFacts(business).stream()
                            .filter(f -> f.getFact() instanceof EnrollmentStarted))
                    .hasSize(1));
    assertThat(
            post(business, "staff", "/api/enrollments", request.replace("c-0", "nobody")).status())
        .isEqualTo(404);
    assertThat(post(business, "staff", "/api/enrollments", "{}").status()).isEqualTo(422);
    UUID stranger = world.business();
    assertThat(post(stranger, "owner", "/api/enrollments", request).status()).isEqualTo(404);
  }

  @Test
  void keepsEveryTableOfABusinessFromAllOthers() throws Exception {
    UUID victim = world.business();
    UUID intruder = world.business();
    world.campaign(victim, TEXT_THEN_EMAIL);
    enroll(victim, 1);
    world.tellJob(job(victim, "refused", "hvac", DONE, false, customer("c-1")), "c-1");
    await().until(() -> world.count("refusals", victim) == 1);
    delete(
        victim,
        "owner",
        "/api/customers/" + NamedIds.customer(victim, "c-1") + "?reason=no_longer_needed");
    tenancy.asWorker(
        () ->
            jdbc.sql(
                    """
                    INSERT INTO enrollment_touches
                      (business_id, enrollment_id, step_id, number, channel, status, reason, scheduled_at, ended_at)
                    SELECT business_id, enrollment_id, 'text', 1, 'sms', 'skipped', 'suppressed', scheduled_at, scheduled_at
                    FROM enrollments WHERE business_id = :business
                    """)
                .param("business", victim)
                .update());

    RowLevelSecurity security =
        new RowLevelSecurity(
            DATABASE.url(),
            "postgres",
            REAL.superuserPassword(),
            DATABASE.app().user(),
            DATABASE.app().password());

    assertThat(security.breaches(intruder, victim, "outbox")).isEmpty();
  }

  private void enroll(UUID business, int jobs) {
    for (int i = 0; i < jobs; i++) {
      world.tellJob(job(business, "J-" + i, DONE, customer("c-" + i)), "c-" + i);
    }
    await().until(() -> world.count("enrollments", business) == jobs);
  }
}
