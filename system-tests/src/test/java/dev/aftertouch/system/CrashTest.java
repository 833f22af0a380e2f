package dev.aftertouch.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aftertouch.local.system.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * kill -9 of every service while touches fall due: nothing lost, nothing double in the sandbox's
 * ledger. Mails go to a provider that honours keys, texts to one that does not: of those, one whose
 * answer was lost is told to be unknown and never sent again.
 */
class CrashTest {
  private static final int MAILS = 60;
  private static final int TEXTS = 30;
  private static final long SEED = 20260310;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** A provider's time, so that a crash strikes between hand-over and answer. */
  private static final Duration SLOW = Duration.ofMillis(1_500);

  private final RunningSystem system = RunningSystem.shared();
  private final Owner owner = Owner.ofSummit();
  private final Crashes crashes = new Crashes(system, SLOW);
  private final Random random = new Random(SEED);

  @Test
  void nothingIsLostAndNothingIsSentTwice() {
    String byMail = owner.activeCampaign("hvac", "Crash by mail", Steps.mail("first", 1));
    String byText = owner.activeCampaign("handyman", "Crash by text", Steps.text("first", 1));
    Instant now = system.toNextMorning();
    JsonNode before = summary();
    List<Person> mailed = report("hvac", MAILS, i -> now.minusSeconds(3_600 - 5L - i));
    List<Person> texted = report("handyman", TEXTS, i -> now.minusSeconds(3_600 - 5L - 2L * i));

    slowProviders();
    Crashes.timed("first touches", () -> awaitTaken(before.path("accepted").asLong() + 4));
    Crashes.timed("kills", this::killEach);
    Crashes.timed("sending again", () -> await().atMost(PATIENCE).until(crashes::sendsAgain));
    // Once more, in the midst of what has piled up.
    crashes.kill(Service.DISPATCH);
    Crashes.timed("all back", crashes::awaitBack);
    fastProviders();
    // Past every attempt's deadline, so that the sweeper settles what a crash left open.
    system.jumpTo(now.plus(Duration.ofMinutes(20)));
    Crashes.timed("completion of the mails", () -> awaitCompleted(byMail, MAILS));
    Crashes.timed("completion of the texts", () -> awaitCompleted(byText, TEXTS));

    assertThat(crashes.killed())
        .isEqualTo(EnumSet.complementOf(EnumSet.of(Service.PROVIDER_SANDBOX)));
    assertThat(mailed).as("seed %s", SEED).allSatisfy(p -> assertThat(p.mails()).hasSize(1));
    assertThat(texted)
        .as("seed %s", SEED)
        .allSatisfy(p -> assertThat(p.texts()).hasSizeLessThanOrEqualTo(1));
    assertThat(summary().path("duplicates").asLong()).isEqualTo(before.path("duplicates").asLong());
    Crashes.timed("projections", () -> assertProjections(byMail, byText, texted));
    crashes.report().forEach(System.out::println);
    long repeated = summary().path("repeated").asLong() - before.path("repeated").asLong();
    System.out.printf("mails handed over again with their keys: %d%n", repeated);
  }

  /** One completed job for each person; so that the touches fall due one after another. */
  private List<Person> report(String service, int count, IntFunction<Instant> completed) {
    List<Person> people = IntStream.range(0, count).mapToObj(i -> Person.anyone()).toList();
    var jobs = Json.array();
    for (int i = 0; i < count; i++) {
      Person person = people.get(i);
      jobs.add(Owner.job("crash-" + person.id(), service, person, completed.apply(i)));
    }
    owner.report(jobs);
    return people;
  }

  private void awaitTaken(long count) {
    await().atMost(PATIENCE).until(() -> summary().path("accepted").asLong() >= count);
  }

  /** One service dies while another still starts. Returns when dispatch-service is ready again. */
  private void killEach() {
    for (Service service :
        List.of(
            Service.DISPATCH,
            Service.ENROLLMENT,
            Service.GATEWAY,
            Service.ANALYTICS,
            Service.CAMPAIGN)) {
      LockSupport.parkNanos(Duration.ofMillis(1_500 + random.nextInt(2_000)).toNanos());
      crashes.kill(service);
    }
    crashes.awaitBack(Service.DISPATCH);
  }

  private void awaitCompleted(String campaign, int count) {
    String enrollments = "/api/enrollments?status=completed&page_size=200&campaign_id=" + campaign;
    await("completed, seed " + SEED)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> owner.get(enrollments).path("items").size(), done -> done == count);
  }

  /** Every touch has its end in the projections, and it is the one that the provider saw. */
  private void assertProjections(String byMail, String byText, List<Person> texted) {
    JsonNode mails = awaitEnds(byMail, MAILS);
    JsonNode texts = awaitEnds(byText, TEXTS);
    System.out.printf("texts whose answer was lost: %d%n", texts.path("unknown").asInt());
    int taken = texted.stream().mapToInt(person -> person.texts().size()).sum();
    assertThat(mails.path("sent").asInt()).as("seed %s", SEED).isEqualTo(MAILS);
    assertThat(taken)
        .as("texts at the provider, seed %s, %s", SEED, texts)
        .isBetween(texts.path("sent").asInt(), TEXTS);
  }

  private JsonNode awaitEnds(String campaign, int count) {
    return await("projections, seed " + SEED)
        .atMost(Duration.ofSeconds(40))
        .until(
            () -> owner.get("/api/analytics/campaigns/" + campaign).path("touches").path(0),
            touch -> touch.path("sent").asInt() + touch.path("unknown").asInt() == count);
  }

  private void slowProviders() {
    String faults = "[{\"kind\":\"delay\",\"delay_ms\":%d}]".formatted(SLOW.toMillis());
    faults("PUT", faults);
  }

  private void fastProviders() {
    faults("DELETE", "");
  }

  private void faults(String method, String body) {
    Http.send(method, system.sandbox() + "/sandbox/faults", "", "application/json", body).orThrow();
  }

  private JsonNode summary() {
    return Http.get(system.sandbox() + "/sandbox/ledger/summary").orThrow().json();
  }
}
