package dev.aftertouch.enrollment.stopping;

import static dev.aftertouch.enrollment.World.TEXT_THEN_EMAIL;
import static dev.aftertouch.enrollment.World.customer;
import static dev.aftertouch.enrollment.World.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.enrollment.Ground;
import dev.aftertouch.enrollment.World;
import dev.aftertouch.enrollment.ids.NamedIds;
import dev.aftertouch.facts.Channel;
import dev.aftertouch.facts.EnrollmentCommand;
import dev.aftertouch.facts.EnrollmentFact;
import dev.aftertouch.facts.EnrollmentStopped;
import dev.aftertouch.facts.StopCustomer;
import dev.aftertouch.facts.StopEnrollment;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.kafka.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

class StoppingTest extends Ground {
  private static final Instant DONE = START.minus(Duration.ofHours(1));
  private static final String STATE =
      "SELECT concat_ws(' ', status, stop_reason, stopped_by) FROM enrollments WHERE business_id = :business";

  @Autowired private ObeyStopCommands obeyStopCommands;

  @BeforeEach
  void startOfTheClock() {
    clock.set(START);
  }

  @ParameterizedTest
  @EnumSource(StopReason.class)
  void obeysACommandForEveryReasonAndSaysSoOnce(StopReason reason) {
    UUID business = enrolled(TEXT_THEN_EMAIL, 1);
    EnrollmentCommand command =
        command(business, new StopEnrollment(enrollment(business), reason.code(), Map.of()));

    obeyStopCommands.obey(List.of(command, command));
    obeyStopCommands.obey(List.of(command));

    assertThat(text(business, STATE)).isEqualTo("stopped " + reason.code());
    assertThat(world.count("due_touches", business)).isZero();
    assertThat(stops(business)).containsExactly(reason.code());
  }

  @Test
  void stopsAllEnrollmentsOfACustomerThatStillWouldUseTheChannel() {
    UUID both = enrolled(TEXT_THEN_EMAIL, 1);
    UUID mailOnly = enrolled(World.definition(List.of(World.EMAIL)), 1);
    List<Outgoing> commands = new ArrayList<>();
    for (UUID business : List.of(both, mailOnly)) {
      UUID customer = NamedIds.customer(business, "c-0");
      commands.add(
          Outgoing.of(
              Topics.ENROLLMENT_COMMANDS,
              customer.toString(),
              command(
                  business, new StopCustomer(customer, Channel.SMS, "opted_out_sms", Map.of()))));
    }

    publisher.publishAndAwait(commands);
    await().until(() -> text(both, STATE).startsWith("stopped"));

    assertThat(text(both, STATE)).isEqualTo("stopped opted_out_sms");
    assertThat(text(mailOnly, STATE)).isEqualTo("active");
    obeyStopCommands.obey(
        List.of(
            command(
                mailOnly,
                new StopCustomer(
                    NamedIds.customer(mailOnly, "c-0"), null, "customer_erased", Map.of()))));
    assertThat(text(mailOnly, STATE)).isEqualTo("stopped customer_erased");
  }

  @Test
  void stopsTheEnrollmentsOfAPausedAndOfADeletedCampaign() {
    UUID business = world.business();
    UUID campaign = world.campaign(business, TEXT_THEN_EMAIL);
    enroll(business, 20);

    world.standing(business, campaign, TEXT_THEN_EMAIL, "paused", "stop", 1);
    await().until(() -> world.count("due_touches", business) == 0);

    assertThat(texts(business, STATE)).hasSize(20).containsOnly("stopped campaign_paused");
    assertThat(stops(business)).hasSize(20).containsOnly("campaign_paused");

    UUID other = world.business();
    UUID deleted = world.campaign(other, TEXT_THEN_EMAIL);
    enroll(other, 2);
    world.deleteCampaign(other, deleted);
    await().until(() -> world.count("due_touches", other) == 0);
    assertThat(texts(other, STATE)).containsOnly("stopped campaign_deleted");
  }

  @Test
  void letsTheOwnerStopOnceAndNobodyElsesBusiness() {
    UUID business = enrolled(TEXT_THEN_EMAIL, 1);
    UUID stranger = world.business();
    String path = "/api/enrollments/" + enrollment(business) + "/stop";

    assertThat(post(business, "analyst", path, "").status()).isEqualTo(403);
    assertThat(post(stranger, "owner", path, "").status()).isEqualTo(404);
    assertThat(post(business, "staff", path, "").status()).isEqualTo(204);
    Answer again = post(business, "owner", path, "");

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body()).contains("urn:aftertouch:problem:enrollment_ended");
    assertThat(text(business, STATE)).isEqualTo("stopped owner_stopped staff@test.example");
    await().untilAsserted(() -> assertThat(stops(business)).containsExactly("owner_stopped"));
  }

  @Test
  void removesEverythingOfABusinessThatLeaves() {
    UUID business = enrolled(TEXT_THEN_EMAIL, 3);

    world.deleteBusiness(business);

    for (String table :
        List.of(
            "customers",
            "jobs",
            "enrollments",
            "due_touches",
            "campaigns",
            "campaign_versions",
            "refusals")) {
      assertThat(world.count(table, business)).as(table).isZero();
    }
  }

  private UUID enrolled(CampaignDefinition definition, int jobs) {
    UUID business = world.business();
    world.campaign(business, definition);
    enroll(business, jobs);
    return business;
  }

  private void enroll(UUID business, int jobs) {
    for (int i = 0; i < jobs; i++) {
      world.tellJob(job(business, "J-" + i, DONE, customer("c-" + i)), "c-" + i);
    }
    await().until(() -> world.count("enrollments", business) == jobs);
  }

  private UUID enrollment(UUID business) {
    return UUID.fromString(
        text(
            business, "SELECT enrollment_id::text FROM enrollments WHERE business_id = :business"));
  }

  private List<String> stops(UUID business) {
    return enrollmentFacts(business).stream()
        .map(EnrollmentFact::getFact)
        .filter(EnrollmentStopped.class::isInstance)
        .map(fact -> ((EnrollmentStopped) fact).getReason())
        .toList();
  }

  private static EnrollmentCommand command(UUID business, Object command) {
    return new EnrollmentCommand(UUID.randomUUID(), business, START, command);
  }
}
