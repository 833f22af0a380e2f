package dev.aftertouch.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The five flows of the core (MT-F1 to MT-F5). */
class CampaignLifeTest {
  private final RunningSystem system = RunningSystem.shared();
  private final Owner owner = Owner.ofSummit();

  @Test
  void presetIsDuplicatedChangedAndActivated() {
    String id =
        owner.activeCampaign("other", "F1", Steps.mail("hello", 2), Steps.text("again", 48));

    JsonNode campaign = owner.get("/api/campaigns/" + id);

    assertThat(campaign.path("status").asString()).isEqualTo("active");
    assertThat(campaign.path("current_version").asInt()).isEqualTo(1);
    assertThat(
            campaign
                .path("definition")
                .path("steps")
                .valueStream()
                .map(s -> s.path("id").asString()))
        .containsExactly("hello", "again");
    // Makes room: one campaign per service.
    owner.call("DELETE", "/api/campaigns/" + id).orThrow();
  }

  @Test
  void completedJobIsFollowedUpOnTimeToItsEnd() {
    owner.activeCampaign("electrical", "F2", Steps.mail("first", 1), Steps.text("second", 24));
    Instant completed = system.toNextMorning();
    Person maria = Person.anyone();
    String job = owner.completeJob("electrical", maria);
    String enrollment = owner.enrollmentOf(job).path("enrollment_id").asString();

    system.jumpTo(completed.plus(Duration.ofMinutes(50)));
    await().during(Duration.ofSeconds(2)).until(() -> maria.mails().isEmpty());
    system.jumpTo(completed.plus(Duration.ofMinutes(61)));
    JsonNode mail = maria.awaitMail(1);
    system.jumpTo(completed.plus(Duration.ofHours(25)).plus(Duration.ofMinutes(1)));
    maria.awaitText(1);
    owner.awaitStatus(job, "completed");

    assertThat(mail.path("subject").asString()).isEqualTo("How did we do, Maria?");
    assertThat(mail.path("html").asString()).contains("Summit Home Services", "/l/", "/u/");
    assertThat(maria.texts()).hasSize(1);
    JsonNode second = owner.touch(enrollment, 2);
    assertThat(second.path("status").asString()).isEqualTo("sent");
    // MT-14: a day after the first touch's scheduled time, not after its sending.
    assertThat(
            Duration.between(
                Instant.parse(owner.touch(enrollment, 1).path("scheduled_at").asString()),
                Instant.parse(second.path("scheduled_at").asString())))
        .isEqualTo(Duration.ofHours(24));
  }

  @Test
  void clickOnTheReviewLinkStopsTheRest() {
    owner.activeCampaign("plumbing", "F3", Steps.mail("first", 1), Steps.text("second", 24));
    Instant completed = system.toNextMorning();
    Person maria = Person.anyone();
    String job = owner.completeJob("plumbing", maria);
    owner.enrollmentOf(job);
    system.jumpTo(completed.plus(Duration.ofMinutes(61)));
    JsonNode mail = maria.awaitMail(1);
    system.jumpTo(completed.plus(Duration.ofMinutes(75)));

    Http.Answer answer = Http.get(Person.link(mail, "/l/"));

    assertThat(answer.status()).isIn(302, 303, 307);
    owner.awaitStop(job, "review_clicked");
    system.jumpTo(completed.plus(Duration.ofHours(26)));
    await().during(Duration.ofSeconds(3)).until(() -> maria.texts().isEmpty());
  }

  @Test
  void pausedCampaignSendsNothingMore() {
    String campaign =
        owner.activeCampaign("roofing", "F4", Steps.mail("first", 1), Steps.text("second", 24));
    Instant completed = system.toNextMorning();
    Person maria = Person.anyone();
    String job = owner.completeJob("roofing", maria);
    owner.enrollmentOf(job);

    owner
        .call("POST", "/api/campaigns/" + campaign + "/pause", Json.object().put("mode", "stop"))
        .orThrow();

    owner.awaitStop(job, "campaign_paused");
    system.jumpTo(completed.plus(Duration.ofHours(26)));
    await()
        .during(Duration.ofSeconds(3))
        .until(() -> maria.mails().isEmpty() && maria.texts().isEmpty());
  }

  @Test
  void ownerSeesWhatEachTouchAchieved() {
    String campaign =
        owner.activeCampaign("cleaning", "F5", Steps.mail("first", 1), Steps.text("second", 24));
    // MT-11: the demo business waits two hours after a cleaning, whatever the campaign says.
    Instant completed = system.toNextMorning();
    Person clicks = Person.anyone();
    Person waits = Person.anyone();
    String clicksJob = owner.completeJob("cleaning", clicks);
    String waitsJob = owner.completeJob("cleaning", waits);
    owner.enrollmentOf(clicksJob);
    owner.enrollmentOf(waitsJob);
    system.jumpTo(completed.plus(Duration.ofMinutes(121)));
    JsonNode mail = clicks.awaitMail(1);
    waits.awaitMail(1);
    system.jumpTo(completed.plus(Duration.ofMinutes(135)));
    Http.get(Person.link(mail, "/l/"));
    owner.awaitStop(clicksJob, "review_clicked");
    system.jumpTo(completed.plus(Duration.ofHours(26)).plus(Duration.ofMinutes(1)));
    owner.awaitStatus(waitsJob, "completed");

    JsonNode analytics =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () -> owner.call("GET", "/api/analytics/campaigns/" + campaign).json(),
                a ->
                    a.path("touches").path(1).path("sent").asInt() == 1
                        && a.path("touches").path(0).path("clicked").asInt() == 1);

    JsonNode first = analytics.path("touches").path(0);
    assertThat(first.path("scheduled").asInt()).isEqualTo(2);
    assertThat(first.path("sent").asInt()).isEqualTo(2);
    assertThat(first.path("delivered").asInt()).isEqualTo(2);
    JsonNode stop = analytics.path("stop_reasons").path(0);
    assertThat(stop.path("reason").asString()).isEqualTo("review_clicked");
    assertThat(stop.path("count").asInt()).isEqualTo(1);
  }
}
