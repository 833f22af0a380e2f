package dev.aftertouch.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aftertouch.local.system.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * kill -9 of each service in turn while touches fall due: nothing lost, nothing double in the
 * sandbox's ledger.
 */
class CrashTest {
  private static final int CUSTOMERS = 90;
  private static final long SEED = 20260310;

  private final RunningSystem system = RunningSystem.shared();
  private final Owner owner = Owner.ofSummit();
  private final Random random = new Random(SEED);

  @Test
  void nothingIsLostAndNothingIsSentTwice() throws Exception {
    String campaign = owner.activeCampaign("hvac", "Crash", Steps.mail("first", 1));
    Instant completed = system.toNextMorning();
    long duplicatesBefore = summary().path("duplicates").asLong();
    List<Person> people = new ArrayList<>();
    var jobs = Json.array();
    for (int i = 0; i < CUSTOMERS; i++) {
      Person person = Person.anyone();
      people.add(person);
      // The touches fall due one after another, a second apart, while services die.
      jobs.add(
          Owner.job(
              "crash-" + i + "-" + completed.toEpochMilli(),
              "hvac",
              person,
              completed.minusSeconds(3_600 - 5L - i)));
    }
    owner.report(jobs);

    for (Service service :
        List.of(
            Service.DISPATCH,
            Service.ENROLLMENT,
            Service.ANALYTICS,
            Service.CAMPAIGN,
            Service.DISPATCH)) {
      java.util.concurrent.locks.LockSupport.parkNanos(
          Duration.ofMillis(1_500 + random.nextInt(2_000)).toNanos());
      system.local().kill(service);
      system.local().restart(service);
    }

    // Past every attempt's deadline, so that the sweeper settles what a crash left open.
    system.jumpTo(completed.plus(Duration.ofMinutes(20)));
    await("seed " + SEED)
        .atMost(Duration.ofMinutes(6))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () ->
                owner
                        .get(
                            "/api/enrollments?status=completed&page_size=200&campaign_id="
                                + campaign)
                        .path("items")
                        .size()
                    == CUSTOMERS);
    assertThat(people)
        .as("seed %s", SEED)
        .allSatisfy(person -> assertThat(person.mails()).hasSize(1));
    assertThat(summary().path("duplicates").asLong()).isEqualTo(duplicatesBefore);
    await("projections, seed " + SEED)
        .atMost(Duration.ofSeconds(40))
        .until(
            () ->
                owner
                        .call("GET", "/api/analytics/campaigns/" + campaign)
                        .json()
                        .path("touches")
                        .path(0)
                        .path("sent")
                        .asInt()
                    == CUSTOMERS);
  }

  private JsonNode summary() {
    return Http.get(system.sandbox() + "/sandbox/ledger/summary").orThrow().json();
  }
}
