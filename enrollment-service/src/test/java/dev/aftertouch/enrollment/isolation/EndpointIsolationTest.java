package dev.aftertouch.enrollment.isolation;

import static dev.aftertouch.enrollment.World.TEXT_THEN_EMAIL;
import static dev.aftertouch.enrollment.World.customer;
import static dev.aftertouch.enrollment.World.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aftertouch.enrollment.Ground;
import dev.aftertouch.enrollment.World;
import dev.aftertouch.enrollment.ids.NamedIds;
import dev.aftertouch.local.testing.EndpointIsolation;
import dev.aftertouch.local.testing.EndpointIsolation.Probe;
import dev.aftertouch.local.testing.RowLevelSecurity;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class EndpointIsolationTest extends Ground {
  private static final Instant DONE = START.minus(Duration.ofHours(1));
  private static final String CSV =
      "job_id,service_type,completed_at,customer_id\nJ-0,hvac,2026-03-02,v-0\n";

  @Autowired private RequestMappingHandlerMapping requestMappingHandlerMapping;
  @LocalServerPort private int port;

  /** Both have a job J-0 and customers v-0 to v-3: the names of their own systems are the same. */
  @Test
  void noEndpointShowsOrChangesWhatIsAnothersWithItsIds() throws SQLException {
    clock.set(START);
    UUID victim = world.business(World.settings(Duration.ZERO, Map.of()));
    UUID intruder = world.business(World.settings(Duration.ZERO, Map.of()));
    UUID campaign = world.campaign(victim, TEXT_THEN_EMAIL);
    for (UUID business : List.of(victim, intruder)) {
      world.tellJob(job(business, "J-0", DONE, customer("v-0")), "v-0");
      for (String free : List.of("v-1", "v-2", "v-3")) {
        world.tellJob(job(business, "J-" + free, "hvac", DONE, false, customer(free)), free);
      }
    }
    await()
        .until(
            () ->
                world.count("enrollments", victim) == 1
                    && world.count("customers", victim) == 4
                    && world.count("customers", intruder) == 4);
    UUID enrolled = NamedIds.customer(victim, "v-0");
    UUID free = NamedIds.customer(victim, "v-1");
    String enrollment =
        get(victim, "owner", "/api/enrollments").json().at("/items/0/enrollment_id").asString();

    UUID erased = eraseOne(victim);

    EndpointIsolation isolation =
        new EndpointIsolation(
            "http://127.0.0.1:" + port,
            new RowLevelSecurity(
                DATABASE.url(),
                "postgres",
                REAL.superuserPassword(),
                DATABASE.app().user(),
                DATABASE.app().password()),
            victim,
            intruder,
            List.of(campaign.toString(), enrollment, enrolled.toString(), free.toString()));

    assertThat(
            isolation.breaches(
                EndpointIsolation.endpoints(requestMappingHandlerMapping),
                Set.of(),
                List.of(
                    Probe.listing("GET /api/customers", ""),
                    Probe.listing("GET /api/customers", "?external_id=v-0"),
                    Probe.naming("GET /api/customers/{id}", enrolled),
                    Probe.listing("GET /api/enrollments", ""),
                    Probe.listing("GET /api/enrollments", "?campaign_id=" + campaign),
                    Probe.listing("GET /api/enrollments", "?customer_id=" + enrolled),
                    Probe.listing("GET /api/enrollments", "?job_id=J-0"),
                    Probe.naming("GET /api/enrollments/{id}", enrollment),
                    Probe.listing("GET /api/refusals", ""),
                    Probe.listing("POST /api/enrollments", "")
                        .with(
                            "{\"campaign_id\": \"%s\", \"customer_id\": \"%s\"}"
                                .formatted(campaign, free))
                        .refused(),
                    Probe.listing("POST /api/enrollments", "")
                        .with(
                            "{\"campaign_id\": \"%s\", \"customer_external_id\": \"v-2\"}"
                                .formatted(campaign))
                        .refused(),
                    Probe.naming("POST /api/enrollments/{id}/stop", enrollment),
                    Probe.naming("GET /api/customers/{id}/data", enrolled),
                    Probe.naming("GET /api/erasures/{id}", erased),
                    Probe.listing("POST /api/jobs/import", "?dry_run=true").with("text/csv", CSV),
                    Probe.listing("POST /api/jobs", "")
                        .with("{\"type\": \"job_cancelled\", \"job_id\": \"J-0\"}"),
                    Probe.naming("DELETE /api/customers/{id}", enrolled)
                        .query("?reason=requested_by_customer")),
                32))
        .isEmpty();
  }

  /** Whose erasure is on record. */
  private UUID eraseOne(UUID business) {
    UUID customer = NamedIds.customer(business, "v-3");
    String path = "/api/customers/" + customer + "?reason=requested_by_customer";
    assertThat(delete(business, "owner", path).status()).isEqualTo(202);
    return customer;
  }
}
