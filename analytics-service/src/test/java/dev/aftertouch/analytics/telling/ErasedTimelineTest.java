package dev.aftertouch.analytics.telling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.analytics.Facts;
import dev.aftertouch.analytics.RunningAnalytics;
import dev.aftertouch.analytics.projecting.FactsFolder;
import dev.aftertouch.facts.CustomerDataErased;
import dev.aftertouch.facts.EngagementKind;
import dev.aftertouch.local.testing.TestIdentity;
import dev.aftertouch.service.retention.Retention;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ErasedTimelineTest extends RunningAnalytics {
  /** The clock of the tests. */
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  private final UUID business = UUID.randomUUID();
  private final UUID campaign = UUID.randomUUID();
  private final Facts erased = life(NOW);
  private final Facts other = life(NOW);

  @Autowired private FactsFolder folder;
  @Autowired private Retention retention;
  @LocalServerPort private int port;

  @Test
  void isNotToldAnyMoreInWhateverOrderAndHoweverOftenTheFactsAreRead() {
    for (long seed = 1; seed <= 5; seed++) {
      List<Object> facts = new ArrayList<>(story(erased));
      facts.addAll(story(erased));
      facts.addAll(story(other));
      facts.add(erasure());
      Collections.shuffle(facts, new Random(seed));
      folder.fold(facts.subList(0, 5));
      folder.fold(facts.subList(5, facts.size()));
      folder.fold(story(erased));

      assertThat(items(erased)).as("seed %d", seed).isZero();
      assertThat(items(other)).as("seed %d", seed).isEqualTo(4);
    }
    assertThat(sent()).isEqualTo(2);
    JsonNode told = timelines("staff", business).path("timelines");
    assertThat(told.path(0).path("items").size()).isZero();
    assertThat(told.path(1).path("items").size()).isEqualTo(4);
  }

  @Test
  void isPartOfACustomersDataUntilThen() {
    folder.fold(story(erased));
    folder.fold(story(other));

    JsonNode timelines = timelines("staff", business).path("timelines");

    assertThat(timelines.size()).isEqualTo(2);
    assertThat(timelines.path(0).path("items").size()).isEqualTo(4);
    assertThat(get("analyst", business).statusCode()).isEqualTo(403);
    assertThat(timelines("owner", UUID.randomUUID()).toString()).doesNotContain("sentence");
  }

  @Test
  void isForgottenLineByLineAfterThreeYears() {
    Facts old = life(NOW.minus(Duration.ofDays(1096)));
    Facts young = life(NOW.minus(Duration.ofDays(1090)));
    folder.fold(Facts.all(old.started(2), old.sent(1, NOW.minus(Duration.ofDays(1090)))));
    folder.fold(story(young));

    retention.pass();

    assertThat(items(old)).isEqualTo(1);
    assertThat(items(young)).isEqualTo(4);
  }

  @Test
  void countsWhatWasSentWhenItIsNotToldAnyMore() {
    Instant before = NOW.minus(Duration.ofDays(1096));
    folder.fold(Facts.all(erased.started(2), erased.sent(1, before), erased.sent(2, NOW)));

    retention.pass();

    JsonNode told = timelines("staff", business).path("timelines").path(0).path("items");
    assertThat(told.size()).isEqualTo(2);
    assertThat(told.path(1).path("number").asInt()).isEqualTo(2);
    assertThat(PROJECTIONS.dump(List.of(business)))
        .filteredOn(row -> row.startsWith("touches ") && row.contains(",1,"))
        .anyMatch(row -> row.contains("2023-03-02 12:00:00+00") && !row.contains("hash"));
    assertThat(sent()).isEqualTo(2);
  }

  private Facts life(Instant start) {
    return new Facts(business, campaign, UUID.randomUUID(), start);
  }

  private static List<Object> story(Facts life) {
    return Facts.all(
        life.started(2),
        life.sent(1, life.start().plusSeconds(60)),
        life.engagement(EngagementKind.DELIVERED, 1, life.start().plusSeconds(90)),
        life.stopped("customer_erased", 1, life.start().plusSeconds(120)));
  }

  private CustomerDataErased erasure() {
    return new CustomerDataErased(
        business,
        erased.enrollment(),
        "enrollment-service",
        NOW,
        Map.of(),
        List.of(erased.enrollment()));
  }

  /** That a touch was sent is told by the touch's own row. */
  private long items(Facts life) {
    return PROJECTIONS.dump(List.of(business)).stream()
        .filter(
            row ->
                row.startsWith("timeline ") || (row.startsWith("touches ") && row.contains("hash")))
        .filter(row -> row.contains("," + life.enrollment() + ","))
        .count();
  }

  private long sent() {
    return PROJECTIONS.dump(List.of(business)).stream()
        .filter(row -> row.startsWith("touch_counts ") && row.contains(",sent,"))
        .mapToLong(row -> Long.parseLong(row.substring(row.lastIndexOf(',') + 1, row.length() - 1)))
        .sum();
  }

  private JsonNode timelines(String role, UUID of) {
    return JsonMapper.builder().build().readTree(get(role, of).body());
  }

  private HttpResponse<String> get(String role, UUID of) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%d/api/analytics/timelines?enrollment_id=%s&enrollment_id=%s"
                        .formatted(port, erased.enrollment(), other.enrollment())))
            .header("Authorization", "Bearer " + TestIdentity.shared().token(of, role))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
