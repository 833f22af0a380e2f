package dev.aftertouch.analytics.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.analytics.Facts;
import dev.aftertouch.analytics.RunningAnalytics;
import dev.aftertouch.analytics.projecting.FactsFolder;
import dev.aftertouch.facts.EngagementKind;
import dev.aftertouch.local.testing.TestIdentity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportsTest extends RunningAnalytics {
  /** 23:30 of the day before in St. John's (UTC−3:30 in winter). */
  private static final Instant LATE = Instant.parse("2026-03-02T03:00:00Z");

  private static final Instant NEXT = LATE.plusSeconds(1800);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final UUID business = UUID.randomUUID();
  private final UUID campaign = UUID.randomUUID();
  private final Facts first = new Facts(business, campaign, UUID.randomUUID(), LATE);
  private final Facts second = new Facts(business, campaign, UUID.randomUUID(), LATE);
  private final Facts third = new Facts(business, campaign, UUID.randomUUID(), LATE);
  private final Facts fourth = new Facts(business, campaign, UUID.randomUUID(), LATE);

  @Autowired private FactsFolder folder;
  @LocalServerPort private int port;

  @BeforeEach
  void aCampaignWithFourJobs() {
    folder.fold(Facts.all(Facts.business(business, "Summit", "America/St_Johns", 1)));
    folder.fold(
        Facts.all(
            Facts.campaign(business, campaign, "=After the job", 1),
            first.started(2),
            first.sent(1, LATE),
            first.engagement(EngagementKind.DELIVERED, 1, LATE),
            first.engagement(EngagementKind.OPENED, 1, NEXT),
            first.engagement(EngagementKind.CLICKED, 1, NEXT),
            first.engagement(EngagementKind.CLICKED, 1, NEXT.plusSeconds(9)),
            first.stopped("review_clicked", 1, NEXT),
            second.started(2),
            second.deferred(1, 0, LATE),
            second.sent(1, NEXT),
            second.skipped(2, "no_address", NEXT),
            second.completed(2, NEXT),
            third.started(2),
            third.failed(1, LATE),
            fourth.refused("cooldown")));
  }

  @Test
  void listsTheCampaignsWithTotalsAndRates() {
    JsonNode line = json("/api/analytics/campaigns", "analyst").path("campaigns").path(0);

    assertThat(line.path("campaign_id").asString()).isEqualTo(campaign.toString());
    assertThat(line.path("name").asString()).isEqualTo("=After the job");
    Map<String, Object> expected =
        Map.ofEntries(
            Map.entry("enrolled", 3),
            Map.entry("active", 1),
            Map.entry("completed", 1),
            Map.entry("stopped", 1),
            Map.entry("refused", 1),
            Map.entry("average_touches_completed", 1.5),
            Map.entry("scheduled", 6),
            Map.entry("pending", 1),
            Map.entry("sent", 2),
            Map.entry("deferred", 1),
            Map.entry("skipped", 1),
            Map.entry("failed", 1),
            Map.entry("cancelled", 1),
            Map.entry("delivered", 1),
            Map.entry("clicked", 1),
            Map.entry("clicked_rate", 0.5));
    expected.forEach(
        (name, value) ->
            assertThat(line.path(name).asDouble())
                .as(name)
                .isEqualTo(((Number) value).doubleValue()));
  }

  @Test
  void showsACampaignByTouchReasonAndDayOfTheBusiness() {
    JsonNode report = json("/api/analytics/campaigns/" + campaign + "?days=2", "owner");

    assertThat(report.path("touches").size()).isEqualTo(2);
    assertThat(report.path("touches").path(0).path("sent").asInt()).isEqualTo(2);
    assertThat(report.path("touches").path(1).path("pending").asInt()).isEqualTo(1);
    assertThat(report.path("touches").path(1).path("cancelled").asInt()).isEqualTo(1);
    assertThat(report.path("skip_reasons").toString())
        .isEqualTo(
            """
            [{"version":1,"number":2,"channel":"sms","reason":"no_address","count":1}]""");
    assertThat(report.path("stop_reasons").toString())
        .isEqualTo(
            """
            [{"reason":"review_clicked","count":1}]""");
    assertThat(report.path("refusal_reasons").toString())
        .isEqualTo(
            """
            [{"reason":"cooldown","count":1}]""");
    JsonNode days = report.path("per_day");
    assertThat(days.size()).isEqualTo(2);
    assertThat(days.path(0).path("day").asString()).isEqualTo("2026-03-01");
    assertThat(days.path(0).path("sent").asInt()).isEqualTo(1);
    assertThat(days.path(1).path("day").asString()).isEqualTo("2026-03-02");
    assertThat(days.path(1).path("sent").asInt()).isEqualTo(1);
    assertThat(days.path(1).path("opened").asInt()).isEqualTo(1);
  }

  @Test
  void sumsTheBusinessUp() {
    JsonNode report = json("/api/analytics/overview?days=7", "staff");

    assertThat(report.path("totals").path("sent").asInt()).isEqualTo(2);
    assertThat(report.path("totals").path("average_touches_completed").asDouble()).isEqualTo(1.5);
    assertThat(report.path("totals").path("opened_rate").asDouble()).isEqualTo(0.5);
    assertThat(report.path("stop_reasons").path(0).path("reason").asString())
        .isEqualTo("review_clicked");
    assertThat(report.path("per_day").size()).isEqualTo(7);
    assertThat(report.path("per_day").path(6).path("sent").asInt()).isEqualTo(1);
  }

  @Test
  void answersABusinessWithoutFiguresWithZeros() {
    JsonNode report =
        JSON.readTree(get("/api/analytics/overview", token(UUID.randomUUID()), null).body());

    assertThat(report.path("totals").path("sent").asInt()).isZero();
    assertThat(report.path("totals").path("opened_rate").isNull()).isTrue();
    assertThat(report.path("per_day").size()).isEqualTo(30);
  }

  @ParameterizedTest
  @CsvSource({"/campaigns, campaigns.csv", "/overview, days.csv"})
  void answersInCsvWhenThatIsAccepted(String path, String file) {
    HttpResponse<String> answer = get("/api/analytics" + path, token(business), "text/csv");

    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow()).contains(file);
    assertThat(answer.body().lines().count()).isGreaterThan(1);
  }

  @Test
  void disarmsACampaignsNameInCsv() {
    assertThat(get("/api/analytics/campaigns", token(business), "text/csv").body())
        .startsWith("campaign_id,name,kind,")
        .contains(",'=After the job,");
    assertThat(get("/api/analytics/campaigns/" + campaign, token(business), "text/csv").body())
        .startsWith("version,number,channel,scheduled,")
        .contains("\r\n1,1,email,3,");
  }

  @Test
  void hidesACampaignOfAnotherBusiness() {
    HttpResponse<String> answer =
        get("/api/analytics/campaigns/" + campaign, token(UUID.randomUUID()), null);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("urn:aftertouch:problem:not_found");
    assertThat(get("/api/analytics/campaigns", token(UUID.randomUUID()), null).body())
        .isEqualTo("{\"campaigns\":[]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "367", "-1"})
  void namesAnImpossibleNumberOfDays(String days) {
    HttpResponse<String> answer =
        get("/api/analytics/overview?days=" + days, token(business), null);

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("\"field\":\"days\"", "out_of_range");
  }

  @Test
  void asksForAToken() {
    assertThat(get("/api/analytics/overview", "forged", null).statusCode()).isEqualTo(401);
  }

  private JsonNode json(String path, String role) {
    HttpResponse<String> answer =
        get(path, TestIdentity.shared().token(business, role), "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static String token(UUID business) {
    return TestIdentity.shared().token(business, "owner");
  }

  private HttpResponse<String> get(String path, String token, @Nullable String accept) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + token);
    if (accept != null) {
      request.header("Accept", accept);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
