package dev.aftertouch.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aftertouch.local.system.Service;
import dev.aftertouch.local.testing.Traces;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A customer with a finished sequence is exported and erased through the gateway. */
class ErasureTest {
  /** Of which the first touch comes in two hours: the business says so. */
  private static final String SERVICE = "cleaning";

  private static final RunningSystem SYSTEM = RunningSystem.shared();
  private static final Owner OWNER = Owner.ofSummit();
  private static final List<Service> KEEPERS =
      List.of(Service.CAMPAIGN, Service.ENROLLMENT, Service.DISPATCH, Service.ANALYTICS);

  @Test
  void noDatabaseHoldsTheCustomerWhenTheReportIsComplete() throws SQLException {
    OWNER.activeCampaign(SERVICE, "Once", Steps.mail("first", 1), Steps.text("second", 1));
    Person person = Person.anyone();
    String name = "Zelda" + person.id().replace("-", "x");
    Instant completed = SYSTEM.toNextMorning();
    ObjectNode job = Owner.job("erased-" + person.id(), SERVICE, person, completed);
    ((ObjectNode) job.path("customer")).put("first_name", name);
    OWNER.report(job);
    OWNER.enrollmentOf("erased-" + person.id());
    SYSTEM.jumpTo(completed.plus(Duration.ofMinutes(121)));
    Person.happen(person.awaitMail(1), "delivered");
    SYSTEM.jumpTo(completed.plus(Duration.ofMinutes(181)));
    person.awaitText(1);
    String customer =
        OWNER.awaitStatus("erased-" + person.id(), "completed").path("customer_id").asString();
    assertThat(traces(name)).isNotEmpty();
    JsonNode data = OWNER.get("/api/customers/" + customer + "/data");
    for (JsonNode other : data.path("others")) {
      assertThat(OWNER.get(other.path("href").asString()).isEmpty()).isFalse();
    }

    OWNER.call("DELETE", "/api/customers/" + customer + "?reason=requested_by_customer").orThrow();

    await("the report to be complete")
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> OWNER.get("/api/erasures/" + customer),
            report -> report.path("complete").asBoolean());
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              assertThat(traces(name)).isEmpty();
              assertThat(traces(person.email())).isEmpty();
              assertThat(traces(person.phone().substring(1))).isEmpty();
            });
  }

  private static List<String> traces(String text) throws SQLException {
    List<String> found = new ArrayList<>();
    for (Service service : KEEPERS) {
      Traces traces =
          new Traces(
              SYSTEM.local().database(service).url(),
              "postgres",
              SYSTEM.local().infrastructure().superuserPassword());
      traces.of(text).forEach(table -> found.add(service + " " + table));
    }
    return found;
  }
}
