package dev.aftertouch.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Facts that come twice, late or in the wrong order; and another business's eyes. */
class RepeatsTest {
  private static final long SEED = 7;
  private final RunningSystem system = RunningSystem.shared();
  private final Owner owner = Owner.ofSummit();

  @Test
  void oneJobIsOneEnrollmentHoweverOftenItIsTold() {
    // The demo business's campaign for all services takes what has none of its own.
    system.toNextMorning();
    Person person = Person.anyone();
    ObjectNode job = Owner.job("told-" + UUID.randomUUID(), "other", person, system.now());
    ObjectNode again = job.deepCopy().put("fact_id", UUID.randomUUID().toString());
    List<JsonNode> facts = new ArrayList<>(Collections.nCopies(5, job));
    facts.add(again);
    Collections.shuffle(facts, new Random(SEED));

    facts.forEach(owner::report);

    owner.enrollmentOf(job.path("job_id").asString());
    await()
        .during(Duration.ofSeconds(2))
        .until(
            () ->
                owner
                        .get("/api/enrollments?job_id=" + job.path("job_id").asString())
                        .path("items")
                        .size()
                    == 1);
  }

  @Test
  void reversalThatComesFirstKeepsTheJobOut() {
    Instant morning = system.toNextMorning();
    String job = "reversed-" + UUID.randomUUID();
    ObjectNode reopened =
        Json.object()
            .put("type", "job_reopened")
            .put("job_id", job)
            .put("occurred_at", morning.plusSeconds(60).toString());

    owner.report(reopened);
    owner.report(Owner.job(job, "other", Person.anyone(), morning));

    assertThat(owner.awaitRefusal(job).path("reason").asString()).isEqualTo("job_reversed");
  }

  @Test
  void harborSeesNothingOfSummit() {
    system.toNextMorning();
    String job = owner.completeJob("other", Person.anyone());
    String enrollment = owner.enrollmentOf(job).path("enrollment_id").asString();
    String campaign = owner.get("/api/campaigns").path("items").path(0).path("id").asString();
    Owner harbor = new Owner(system, "owner@harbor.example");

    assertThat(harbor.call("GET", "/api/enrollments/" + enrollment).status()).isEqualTo(404);
    assertThat(harbor.call("POST", "/api/enrollments/" + enrollment + "/stop").status())
        .isEqualTo(404);
    assertThat(harbor.call("GET", "/api/campaigns/" + campaign).status()).isEqualTo(404);
    assertThat(harbor.call("DELETE", "/api/campaigns/" + campaign).status()).isEqualTo(404);
    assertThat(harbor.get("/api/enrollments").path("items")).isEmpty();
  }
}
