package dev.aftertouch.campaign.templates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.campaign.running.Api;
import dev.aftertouch.campaign.running.Api.Reply;
import dev.aftertouch.campaign.running.Definitions;
import dev.aftertouch.campaign.running.RunningService;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatesTest extends RunningService {
  private static final String TEXT =
      "{\"name\": \"Ask\", \"channel\": \"sms\", \"body\": \"How was it? {{review_link}}\"}";

  @Test
  void aTemplateIsKeptChangedListedAndDeleted() {
    Api owner = newBusiness("Templates");
    Reply created = owner.post("/api/templates", TEXT);
    String path = "/api/templates/" + created.id();

    assertThat(created.status()).isEqualTo(201);
    assertThat(
            owner.put(path, TEXT.replace("How was it", "How did we do"), created.etag()).status())
        .isEqualTo(200);
    assertThat(owner.put(path, TEXT, created.etag()).problem()).isEqualTo("changed_meanwhile");
    assertThat(owner.get(path).body().path("body").asString()).startsWith("How did we do");
    assertThat(owner.get("/api/templates?channel=sms").body().path("total").asInt()).isEqualTo(1);
    assertThat(owner.get("/api/templates?channel=email").body().path("total").asInt()).isZero();
    assertThat(owner.delete(path).status()).isEqualTo(204);
    assertThat(owner.get(path).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\": \"N\", \"body\": \"x\"} | channel | missing",
        "{\"name\": \"\", \"channel\": \"sms\", \"body\": \"x\"} | name | name_invalid",
        "{\"name\": \"N\", \"channel\": \"sms\"} | body | missing",
        "{\"name\": \"N\", \"channel\": \"sms\", \"subject\": \"S\", \"body\": \"x\"} | subject | subject_not_allowed",
        "{\"name\": \"N\", \"channel\": \"email\", \"body\": \"x\"} | subject | subject_missing",
        "{\"name\": \"N\", \"channel\": \"email\", \"subject\": \"S\", \"body\": \"<script>x</script>\"} | body | html_not_allowed",
        "{\"name\": \"N\", \"channel\": \"sms\", \"body\": \"Hi {{nobody}}\"} | body | unknown_variable"
      })
  void aTemplateThatCouldNotBeSentIsRefusedWithItsField(String body, String field, String code) {
    Reply reply = newBusiness("Wrong").post("/api/templates", body);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body().path("errors").findValuesAsString("field")).containsExactly(field);
    assertThat(reply.body().path("errors").findValuesAsString("code")).containsExactly(code);
  }

  @Test
  void aNameAndAChannelAreTakenOnceAndKept() {
    Api owner = newBusiness("Names");
    Reply created = owner.post("/api/templates", TEXT);

    assertThat(owner.post("/api/templates", TEXT).problem()).isEqualTo("name_taken");
    assertThat(
            owner
                .put(
                    "/api/templates/" + created.id(),
                    "{\"name\": \"Ask\", \"channel\": \"email\", \"subject\": \"S\", \"body\": \"B\"}",
                    null)
                .body()
                .path("errors")
                .findValuesAsString("code"))
        .containsExactly("channel_fixed");
  }

  @Test
  void aStepTakesTheWordingWhenItIsPublishedAndKeepsItThen() {
    Api owner = newBusiness("Wording");
    Reply template = owner.post("/api/templates", TEXT);
    Reply draft =
        owner.post(
            "/api/campaigns", Definitions.textFromTemplate("C", "null", template.id().toString()));
    String path = "/api/campaigns/" + draft.id();
    assertThat(
            draft
                .body()
                .path("definition")
                .path("steps")
                .get(0)
                .path("template")
                .path("template_id")
                .asString())
        .isEqualTo(template.id().toString());
    owner.post(path + "/activate", null);

    owner.put("/api/templates/" + template.id(), TEXT.replace("How was it", "All well"), null);

    Reply changed = owner.get(path);
    assertThat(changed.body().path("has_unpublished_changes").asBoolean()).isTrue();
    assertThat(body(changed)).startsWith("All well");
    assertThat(body(owner.get(path + "/versions/1"))).startsWith("How was it");
    owner.post(path + "/publish", null);
    assertThat(body(owner.get(path + "/versions/2"))).startsWith("All well");
    assertThat(owner.get(path + "/versions/2").body().toString()).doesNotContain("template_id");
  }

  @Test
  void aStepInABranchTakesItsWordingToo() {
    Api owner = newBusiness("Branches");
    Reply template = owner.post("/api/templates", TEXT);
    Reply draft =
        owner.post(
            "/api/campaigns",
            """
            {"name": "Fork", "kind": "drip", "steps": [
              {"kind": "conditional", "id": "fork", "delay": {"amount": 1, "unit": "hours"},
               "condition": {"kind": "compare", "fact": "customer.city", "operator": "exists", "values": []},
               "when_true": [],
               "when_false": [
                 {"kind": "send_sms", "id": "ask", "delay": {"amount": 1, "unit": "hours"},
                  "template": {"template_id": "%s"}}]}]}
            """
                .formatted(template.id()));

    owner.put("/api/templates/" + template.id(), TEXT.replace("How was it", "All well"), null);
    Reply active = owner.post("/api/campaigns/" + draft.id() + "/activate", null);

    assertThat(active.status()).as(active.toString()).isEqualTo(200);
    assertThat(active.body().path("definition").toString()).contains(template.id().toString());
    assertThat(owner.get("/api/campaigns/" + draft.id() + "/versions/1").body().toString())
        .contains("All well")
        .doesNotContain("template_id");
  }

  private static String body(Reply campaign) {
    return campaign
        .body()
        .path("definition")
        .path("steps")
        .get(0)
        .path("template")
        .path("body")
        .asString();
  }

  @Test
  void aTemplateInUseIsNotDeletedUntilItsCampaignLetsGo() {
    Api owner = newBusiness("Use");
    Reply template = owner.post("/api/templates", TEXT);
    Reply draft =
        owner.post(
            "/api/campaigns",
            Definitions.textFromTemplate("The user", "null", template.id().toString()));

    Reply refused = owner.delete("/api/templates/" + template.id());
    owner.delete("/api/campaigns/" + draft.id());

    assertThat(refused.problem()).isEqualTo("template_in_use");
    assertThat(refused.body().path("detail").asString()).contains("The user");
    assertThat(owner.delete("/api/templates/" + template.id()).status()).isEqualTo(204);
  }

  @Test
  void aStepCannotTakeAnUnknownOrForeignTemplateOrOneOfAnotherChannel() {
    Api owner = newBusiness("Ours");
    Api other = newBusiness("Theirs");
    UUID foreign = other.post("/api/templates", TEXT).id();
    UUID email =
        owner
            .post(
                "/api/templates",
                "{\"name\": \"E\", \"channel\": \"email\", \"subject\": \"S\", \"body\": \"B\"}")
            .id();

    assertThat(codes(owner, foreign.toString())).containsExactly("template_unknown");
    assertThat(codes(owner, UUID.randomUUID().toString())).containsExactly("template_unknown");
    assertThat(codes(owner, "no id")).containsExactly("template_unknown");
    assertThat(codes(owner, email.toString())).containsExactly("template_channel_differs");
    assertThat(owner.get("/api/templates/" + foreign).status()).isEqualTo(404);
    assertThat(owner.put("/api/templates/" + foreign, TEXT, null).status()).isEqualTo(404);
    assertThat(owner.delete("/api/templates/" + foreign).status()).isEqualTo(404);
  }

  private static Iterable<String> codes(Api owner, String template) {
    Reply reply = owner.post("/api/campaigns", Definitions.textFromTemplate("C", "null", template));
    assertThat(reply.status()).isEqualTo(422);
    return reply.body().path("errors").findValuesAsString("code");
  }

  @Test
  void onlyTheOwnerChangesTemplates() {
    Api owner = newBusiness("Roles");
    UUID template = owner.post("/api/templates", TEXT).id();
    Api staff = owner.as("staff");

    assertThat(staff.get("/api/templates/" + template).status()).isEqualTo(200);
    assertThat(staff.post("/api/templates", TEXT).status()).isEqualTo(403);
    assertThat(staff.put("/api/templates/" + template, TEXT, null).status()).isEqualTo(403);
    assertThat(staff.delete("/api/templates/" + template).status()).isEqualTo(403);
  }
}
