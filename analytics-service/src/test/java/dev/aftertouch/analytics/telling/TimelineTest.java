package dev.aftertouch.analytics.telling;

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

class TimelineTest extends RunningAnalytics {
  private static final Instant DONE = Instant.parse("2026-03-02T22:00:00Z");
  private static final Instant NIGHT = Instant.parse("2026-03-03T05:00:00Z");
  private static final Instant MORNING = Instant.parse("2026-03-03T14:00:00Z");
  private static final Instant SLOT = Instant.parse("2026-03-03T15:01:00Z");
  private static final Map<String, String> NIGHT_RULE =
      Map.of("rule", "law", "zone", "America/Los_Angeles", "candidate_zones", "2");

  private static final List<String> STORY =
      List.of(
          "The customer was enrolled in “After the job”, version 1, after job job: 2 touches planned.",
          "Touch 1 (e-mail) was held until Tue 3 Mar 2026, 07:00 (America/Denver): it was outside the hours that"
              + " the law allows in America/Los_Angeles, one of 2 zones where the customer may be.",
          "Touch 1 (e-mail) was held until Tue 3 Mar 2026, 08:01 (America/Denver): the limit of 100 e-mails an hour"
              + " was reached.",
          "Touch 1 (e-mail) was sent: Resend accepted it.",
          "Touch 1 (e-mail) was delivered.",
          "The customer clicked the link “review” in touch 1 (e-mail).",
          "The enrollment was stopped: the customer clicked the review link.",
          "Touch 2 (text) was skipped: the enrollment had been stopped.");

  private final UUID business = UUID.randomUUID();
  private final UUID campaign = UUID.randomUUID();
  private final Facts life = new Facts(business, campaign, UUID.randomUUID(), DONE);

  @Autowired private FactsFolder folder;
  @LocalServerPort private int port;

  @Test
  void tellsAnEnrollmentFromBeginningToEndInOrderAndInWords() {
    introduce();
    folder.fold(story());

    JsonNode timeline = json(get(business, "owner").body());

    assertThat(sentences(timeline)).isEqualTo(STORY);
    JsonNode held = timeline.path("items").path(1);
    assertThat(held.path("kind").asString()).isEqualTo("held");
    assertThat(held.path("reason").asString()).isEqualTo("quiet_hours");
    assertThat(held.path("until").asString()).isEqualTo(MORNING.toString());
    assertThat(held.path("evidence").path("rule").asString()).isEqualTo("law");
    assertThat(timeline.path("items").path(3).path("evidence").path("payload_hash").asString())
        .isEqualTo("hash");
    assertThat(timeline.path("more").asBoolean()).isFalse();
  }

  @Test
  void tellsTheSameOfFactsThatAreRepeatedAndOutOfOrder() {
    introduce();
    for (long seed = 1; seed <= 5; seed++) {
      List<Object> shuffled = new ArrayList<>(story());
      shuffled.addAll(story());
      Collections.shuffle(shuffled, new Random(seed));
      folder.fold(shuffled.subList(0, 7));
      folder.fold(shuffled.subList(7, shuffled.size()));

      assertThat(sentences(json(get(business, "staff").body())))
          .as("seed %d", seed)
          .isEqualTo(STORY);
    }
  }

  @Test
  void tellsAllThatIsKnownOfASending() {
    introduce();
    folder.fold(Facts.all(life.started(2), life.sentBy("twilio", 2, 3, 2, SLOT)));

    JsonNode sent = json(get(business, "owner").body()).path("items").path(1);

    assertThat(sent.toString())
        .isEqualTo(
            """
            {"at":"2026-03-03T15:01:00Z","kind":"sent","number":2,"channel":"sms","round":3,\
            "sentence":"Touch 2 (text) was sent: Twilio accepted it.",\
            "evidence":{"payload_hash":"hash","provider":"twilio","segments":"2","step_id":"step2"}}""");
  }

  @Test
  void tellsWhatHappenedAtOneTimeInTheOrderInWhichItMustHave() {
    introduce();
    folder.fold(
        Facts.all(
            life.stopped("review_clicked", 1, DONE),
            life.engagement(EngagementKind.DELIVERED, 1, DONE),
            life.sentBy("resend", 1, 1, null, DONE),
            life.unknown(1, DONE),
            life.started(2)));

    assertThat(kinds(json(get(business, "owner").body())))
        .containsExactly("enrolled", "unknown", "sent", "delivered", "stopped");
  }

  /** A crash between publishing and commit lets the gate decide one round again. */
  @Test
  void keepsTheFirstOfTwoAnswersToOneRound() {
    introduce();
    folder.fold(
        Facts.all(
            life.started(2),
            life.deferred(1, 0, NIGHT.plusSeconds(60)),
            life.deferred(1, 0, NIGHT),
            life.deferred(1, 0, NIGHT.plusSeconds(90))));

    JsonNode items = json(get(business, "owner").body()).path("items");

    assertThat(items.size()).isEqualTo(2);
    assertThat(items.path(1).path("at").asString()).isEqualTo(NIGHT.toString());
  }

  @Test
  void showsNothingToOtherBusinessesNorToAnalysts() {
    introduce();
    folder.fold(story());

    assertThat(get(UUID.randomUUID(), "owner").statusCode()).isEqualTo(404);
    assertThat(get(business, "analyst").statusCode()).isEqualTo(403);
    assertThat(get(business, "staff").statusCode()).isEqualTo(200);
  }

  private void introduce() {
    folder.fold(
        Facts.all(
            Facts.business(business, "Summit", "America/Denver", 1),
            Facts.campaign(business, campaign, "After the job", 1)));
  }

  private List<Object> story() {
    return Facts.all(
        life.started(2),
        life.held(1, 0, NIGHT, MORNING, "quiet_hours", NIGHT_RULE),
        life.held(
            1, 1, MORNING, SLOT, "pacing", Map.of("limit_per_hour", "100", "channel", "email")),
        life.sent(1, SLOT),
        life.engagement(EngagementKind.DELIVERED, 1, SLOT.plusSeconds(2)),
        life.engagement(EngagementKind.CLICKED, 1, SLOT.plusSeconds(60)),
        life.stopped("review_clicked", 1, SLOT.plusSeconds(60)),
        life.skipped(2, "enrollment_stopped", SLOT.plusSeconds(90)));
  }

  private static List<String> sentences(JsonNode timeline) {
    List<String> sentences = new ArrayList<>();
    timeline.path("items").forEach(item -> sentences.add(item.path("sentence").asString()));
    return sentences;
  }

  private static List<String> kinds(JsonNode timeline) {
    List<String> kinds = new ArrayList<>();
    timeline.path("items").forEach(item -> kinds.add(item.path("kind").asString()));
    return kinds;
  }

  private static JsonNode json(String body) {
    return JsonMapper.builder().build().readTree(body);
  }

  private HttpResponse<String> get(UUID of, String role) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%d/api/enrollments/%s/timeline"
                        .formatted(port, life.enrollment())))
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
