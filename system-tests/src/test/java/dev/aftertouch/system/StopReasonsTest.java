package dev.aftertouch.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every way in which a sequence stops by itself (MT-04, MT-D5). */
class StopReasonsTest {
  private static final String SERVICE = "handyman";
  private static final RunningSystem SYSTEM = RunningSystem.shared();
  private static final Owner OWNER = Owner.ofSummit();

  @BeforeAll
  static void campaign() {
    OWNER.activeCampaign(
        SERVICE,
        "Stops",
        Steps.mail("first", 1),
        Steps.text("second", 1),
        Steps.mail("third", 200));
  }

  @Test
  void feedbackSubmitted() {
    afterFirstMail(
        "feedback_submitted",
        mail -> Http.postForm(Person.link(mail, "/f/"), "rating=5&comment=Thanks").orThrow());
  }

  @Test
  void unsubscribePage() {
    afterFirstMail(
        "opted_out_email",
        mail -> {
          String page = Person.link(mail, "/u/");
          assertThat(Http.get(page).orThrow().body()).contains("<form");
          Http.postForm(page, "List-Unsubscribe=One-Click").orThrow();
        });
  }

  @Test
  void bounce() {
    afterFirstMail("email_bounced", mail -> Person.happen(mail, "bounced"));
  }

  @Test
  void complaint() {
    afterFirstMail("email_complained", mail -> Person.happen(mail, "complained"));
  }

  @Test
  void clickToldByTheProvider() {
    afterFirstMail(
        "review_clicked",
        mail ->
            Http.postJson(
                    SYSTEM.sandbox()
                        + "/sandbox/messages/"
                        + mail.path("id").asString()
                        + "/clicked",
                    Json.object().put("link", Person.link(mail, "/l/")))
                .orThrow());
  }

  @Test
  void stopByText() {
    afterFirstText("opted_out_sms", "STOP");
  }

  @Test
  void answerByText() {
    afterFirstText("replied", "Thank you, all is fine");
  }

  @Test
  void owner() {
    Person person = Person.anyone();
    SYSTEM.toNextMorning();
    String job = OWNER.completeJob(SERVICE, person);
    String enrollment = OWNER.enrollmentOf(job).path("enrollment_id").asString();

    OWNER.call("POST", "/api/enrollments/" + enrollment + "/stop").orThrow();

    OWNER.awaitStop(job, "owner_stopped");
  }

  @Test
  void repeatJob() {
    Person person = Person.anyone();
    SYSTEM.toNextMorning();
    String job = OWNER.completeJob(SERVICE, person);
    OWNER.enrollmentOf(job);

    String second = OWNER.completeJob(SERVICE, person);

    OWNER.awaitStop(job, "repeat_job");
    assertThat(OWNER.awaitRefusal(second).path("reason").asString()).isEqualTo("cooldown");
  }

  @Test
  void jobReopenedAndCancelled() {
    reversed("job_reopened");
    reversed("job_cancelled");
  }

  private static void reversed(String type) {
    SYSTEM.toNextMorning();
    String job = OWNER.completeJob(SERVICE, Person.anyone());
    OWNER.enrollmentOf(job);

    OWNER.report(Json.object().put("type", type).put("job_id", job));

    OWNER.awaitStop(job, type);
  }

  @Test
  void campaignDeleted() {
    String doomed = OWNER.activeCampaign("other", "Doomed", Steps.mail("first", 1));
    SYSTEM.toNextMorning();
    String job = OWNER.completeJob("other", Person.anyone());
    OWNER.enrollmentOf(job);

    OWNER.call("DELETE", "/api/campaigns/" + doomed).orThrow();

    OWNER.awaitStop(job, "campaign_deleted");
  }

  private static void afterFirstMail(String reason, Consumer<JsonNode> act) {
    Instant completed = SYSTEM.toNextMorning();
    Person person = Person.anyone();
    String job = OWNER.completeJob(SERVICE, person);
    OWNER.enrollmentOf(job);
    SYSTEM.jumpTo(completed.plus(Duration.ofMinutes(61)));
    JsonNode mail = person.awaitMail(1);
    SYSTEM.jumpTo(completed.plus(Duration.ofMinutes(75)));

    act.accept(mail);

    OWNER.awaitStop(job, reason);
  }

  private static void afterFirstText(String reason, String words) {
    Instant completed = SYSTEM.toNextMorning();
    Person person = Person.anyone();
    String job = OWNER.completeJob(SERVICE, person);
    OWNER.enrollmentOf(job);
    SYSTEM.jumpTo(completed.plus(Duration.ofMinutes(61)));
    person.awaitMail(1);
    SYSTEM.jumpTo(completed.plus(Duration.ofMinutes(121)));
    JsonNode text = person.awaitText(1);

    Person.reply(text, words);

    OWNER.awaitStop(job, reason);
  }
}
