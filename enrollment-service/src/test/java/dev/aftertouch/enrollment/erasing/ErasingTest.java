package dev.aftertouch.enrollment.erasing;

import static dev.aftertouch.enrollment.World.TEXT_THEN_EMAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aftertouch.enrollment.Ground;
import dev.aftertouch.enrollment.World;
import dev.aftertouch.enrollment.ids.NamedIds;
import dev.aftertouch.facts.CustomerDataErased;
import dev.aftertouch.facts.CustomerErased;
import dev.aftertouch.facts.CustomerFact;
import dev.aftertouch.facts.EnrollmentFact;
import dev.aftertouch.facts.EnrollmentStopped;
import dev.aftertouch.facts.JobCustomer;
import dev.aftertouch.facts.JobFact;
import dev.aftertouch.facts.PostalAddress;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.local.testing.Traces;
import dev.aftertouch.service.kafka.Outgoing;
import dev.aftertouch.service.retention.Retention;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class ErasingTest extends Ground {
  private static final Instant DONE = START.minus(Duration.ofHours(1));

  @Autowired private Retention retention;

  private final String name = "Zelda" + UUID.randomUUID().toString().substring(0, 8);
  private final String externalId = "C-" + name;
  private UUID business;
  private UUID customer;

  @BeforeEach
  void anEnrolledCustomer() {
    clock.set(START);
    business = world.business();
    world.campaign(business, TEXT_THEN_EMAIL);
    customer = NamedIds.customer(business, externalId);
    tell("J-1", DONE);
    await().until(() -> world.count("enrollments", business) == 1);
  }

  @Test
  void leavesNothingOfTheCustomerStopsItsEnrollmentsAndTellsTheOthers() throws SQLException {
    assertThat(traces()).isNotEmpty();

    Answer answer = erase("owner");

    assertThat(answer.status()).isEqualTo(202);
    await().untilAsserted(() -> assertThat(traces()).isEmpty());
    assertThat(text(business, "SELECT stop_reason FROM enrollments WHERE business_id = :business"))
        .isEqualTo("customer_erased");
    assertThat(world.count("due_touches", business)).isZero();
    CustomerFact told = facts(Topics.CUSTOMERS, CustomerFact.class, this::isOurs).getLast();
    assertThat(told.getFact()).isEqualTo(new CustomerErased("requested_by_customer"));
    assertThat(told.getRevision()).isEqualTo(2);
    assertThat(enrollmentFacts(business).stream().map(EnrollmentFact::getFact))
        .anyMatch(
            fact ->
                fact instanceof EnrollmentStopped stop
                    && stop.getReason().equals("customer_erased"));
    assertThat(get(business, "owner", "/api/customers/" + customer).status()).isEqualTo(404);
    assertThat(get(business, "owner", "/api/enrollments").status()).isEqualTo(200);
  }

  @Test
  void reportsEachServicesPartAndIsCompleteWhenAllHaveAnswered() {
    JsonNode before = erase("owner").json();
    assertThat(before.path("complete").asBoolean()).isFalse();
    assertThat(before.path("missing").toString())
        .isEqualTo("[\"dispatch-service\",\"analytics-service\"]");

    for (String service : List.of("dispatch-service", "analytics-service", "dispatch-service")) {
      answerOf(service);
    }
    await().until(() -> world.count("erasure_parts", business) == 3);

    JsonNode report = get(business, "staff", "/api/erasures/" + customer).json();
    assertThat(report.path("complete").asBoolean()).isTrue();
    assertThat(report.path("missing").isEmpty()).isTrue();
    assertThat(report.path("requested_by").asString()).isEqualTo("owner@test.example");
    assertThat(report.path("parts").path(0).path("counts").path("stops").asInt()).isEqualTo(1);
  }

  @Test
  void isTheOwnersToAskForOnceWithAReason() {
    String path = "/api/customers/" + customer;
    assertThat(delete(business, "staff", path + "?reason=requested_by_customer").status())
        .isEqualTo(403);
    assertThat(delete(business, "owner", path).status()).isEqualTo(422);
    assertThat(delete(business, "owner", path + "?reason=whim").body()).contains("unknown_reason");
    assertThat(delete(world.business(), "owner", path + "?reason=no_longer_needed").status())
        .isEqualTo(404);

    JsonNode first = erase("owner").json();
    clock.set(START.plusSeconds(60));
    JsonNode second = erase("owner").json();

    assertThat(second).isEqualTo(first);
    assertThat(get(business, "analyst", "/api/erasures/" + customer).status()).isEqualTo(403);
    assertThat(get(world.business(), "owner", "/api/erasures/" + customer).status()).isEqualTo(404);
  }

  @Test
  void bringsNobodyBackByWhatHappenedBefore() throws SQLException {
    erase("owner");
    tell("J-1", DONE);
    tell("J-0", DONE.minusSeconds(60));

    await().until(() -> world.count("refusals", business) == 1);

    assertThat(text(business, "SELECT reason FROM refusals WHERE business_id = :business"))
        .isEqualTo("customer_erased");
    assertThat(world.count("customers", business)).isEqualTo(1);
    assertThat(world.count("enrollments", business)).isEqualTo(1);
    await().untilAsserted(() -> assertThat(traces()).isEmpty());
  }

  @Test
  void beginsANewCustomerWithALaterJobAgainAndAgain() {
    erase("owner");
    clock.set(START.plus(Duration.ofDays(3)));
    tell("J-2", START.plus(Duration.ofDays(2)));
    await().until(() -> world.count("enrollments", business) == 2);
    UUID second = present();
    assertThat(second).isNotEqualTo(customer);
    tell("J-2", START.plus(Duration.ofDays(2)));
    erase("owner", second);
    clock.set(START.plus(Duration.ofDays(6)));
    tell("J-3", START.plus(Duration.ofDays(5)));
    await().until(() -> world.count("enrollments", business) == 3);
    tell("J-4", START.plus(Duration.ofDays(5)).plusSeconds(1));
    await().until(() -> world.count("jobs", business) == 4);

    UUID third = present();
    assertThat(third).isNotIn(customer, second);
    assertThat(world.count("customers", business)).isEqualTo(3);
  }

  @Test
  void tellsAllThatIsKeptAndWhereTheOthersTellTheirs() {
    JsonNode data = get(business, "staff", "/api/customers/" + customer + "/data").json();

    assertThat(data.path("customer").path("first_name").asString()).isEqualTo(name);
    assertThat(data.path("customer").path("address").path("line1").asString()).contains(name);
    assertThat(data.path("jobs").path(0).path("job_id").asString()).isEqualTo("J-1");
    String enrollment = data.path("enrollments").path(0).path("enrollment_id").asString();
    assertThat(data.path("others").path(0).path("href").asString())
        .isEqualTo("/api/messages/customers/" + customer + "/data");
    assertThat(data.path("others").path(1).path("href").asString())
        .isEqualTo("/api/consent?customer=" + customer);
    assertThat(data.path("others").path(2).path("href").asString())
        .isEqualTo("/api/analytics/timelines?enrollment_id=" + enrollment);
    assertThat(get(business, "analyst", "/api/customers/" + customer + "/data").status())
        .isEqualTo(403);
  }

  @Test
  void forgetsRefusalsWhenTheyAreOldAndNothingElse() {
    tell("J-old", DONE.minus(Duration.ofDays(30)));
    await().until(() -> world.count("refusals", business) == 1);
    clock.set(START.plus(Duration.ofDays(399)));
    retention.pass();
    assertThat(world.count("refusals", business)).isEqualTo(1);

    clock.set(START.plus(Duration.ofDays(401)));
    retention.pass();

    assertThat(world.count("refusals", business)).isZero();
    assertThat(world.count("customers", business)).isEqualTo(1);
    assertThat(world.count("enrollments", business)).isEqualTo(1);
  }

  private void tell(String job, Instant at) {
    JobCustomer told =
        new JobCustomer(
            externalId,
            name,
            "Love",
            name + "@example.com",
            "+1 303 555 0123",
            new PostalAddress(name + " Street 1", null, "Denver", "CO", "80202", "US"),
            null,
            Map.of("pet", "Dog of " + name));
    JobFact fact = World.job(business, job, at, told);
    world.tellJob(fact, externalId);
  }

  private Answer erase(String role) {
    return erase(role, customer);
  }

  private Answer erase(String role, UUID whom) {
    return delete(business, role, "/api/customers/" + whom + "?reason=requested_by_customer");
  }

  private void answerOf(String service) {
    publisher.publishAndAwait(
        List.of(
            Outgoing.of(
                Topics.ERASURES,
                customer.toString(),
                new CustomerDataErased(
                    business,
                    customer,
                    service,
                    START.plusSeconds(1),
                    Map.of("things", 3L),
                    List.of()))));
  }

  private UUID present() {
    return UUID.fromString(
        text(
            business,
            "SELECT customer_id::text FROM customers WHERE business_id = :business AND erased_at IS NULL"));
  }

  private boolean isOurs(CustomerFact fact) {
    return fact.getCustomerId().equals(customer);
  }

  private List<String> traces() throws SQLException {
    Traces traces = new Traces(DATABASE.url(), "postgres", REAL.superuserPassword());
    return Stream.of(traces.of(name), traces.of(externalId)).flatMap(List::stream).toList();
  }
}
