package dev.aftertouch.campaign.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.campaign.running.Api;
import dev.aftertouch.campaign.running.Api.Reply;
import dev.aftertouch.campaign.running.Definitions;
import dev.aftertouch.campaign.running.RunningService;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that a campaign can be refused for, and that the refusal says what to do. */
class CampaignRefusalsTest extends RunningService {

  private static String campaign(Api owner, String name, String service) {
    return "/api/campaigns/"
        + owner.post("/api/campaigns", Definitions.oneEmail(name, service)).id();
  }

  private static String withStep(String step) {
    return "{\"name\": \"N\", \"kind\": \"multi_touch\", \"service_type\": \"other\", \"steps\": ["
        + step
        + "]}";
  }

  private static String email(String id, int hours, String body) {
    return """
        {"kind": "send_email", "id": "%s", "delay": {"amount": %d, "unit": "hours"},
         "template": {"subject": "S", "body": "%s"}}"""
        .formatted(id, hours, body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PUT ",
        "DELETE ",
        "POST /publish",
        "POST /activate",
        "POST /pause",
        "POST /resume",
        "POST /archive"
      })
  void aPresetIsNotChanged(String request) {
    Api owner = newBusiness("Presets");
    String preset = owner.get("/api/presets").body().path("items").get(0).path("id").asString();
    String[] words = request.split(" ", 2);
    String body = words[0].equals("PUT") ? Definitions.oneEmail("Mine now", "null") : null;

    Reply reply = owner.send(words[0], "/api/campaigns/" + preset + words[1], body, null);

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.problem()).isEqualTo("preset_read_only");
    assertThat(reply.body().path("detail").asString()).contains("Duplicate it");
  }

  @Test
  void publishingNamesEveryFieldThatKeepsItFromBeingPublished() {
    Api owner = newBusiness("Fields");
    String five =
        String.join(
            ",",
            IntStream.rangeClosed(1, 5)
                .mapToObj(i -> email("t" + i, i == 3 ? 0 : 1, i == 4 ? "{{no_such}}" : "hi"))
                .toList());
    Reply draft = owner.post("/api/campaigns", withStep(five));
    assertThat(draft.status()).as("a draft may be unfinished").isEqualTo(201);

    Reply reply = owner.post("/api/campaigns/" + draft.id() + "/activate", null);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.problem()).isEqualTo("invalid");
    assertThat(reply.body().path("errors").findValuesAsString("field"))
        .contains("steps[2].delay.amount", "steps[3].template.body")
        .anyMatch(field -> field.startsWith("steps"));
    assertThat(reply.body().path("errors").findValuesAsString("code"))
        .contains("delay_not_positive", "unknown_variable");
    assertThat(draft.body().path("errors")).isEqualTo(reply.body().path("errors"));
    assertThat(owner.get("/api/campaigns/" + draft.id()).body().path("status").asString())
        .isEqualTo("draft");
    assertThat(owner.get("/api/campaigns/" + draft.id() + "/versions").body().path("items").size())
        .isZero();
  }

  @Test
  void anEditOnTopOfAnOldRevisionIsRefused() {
    Api owner = newBusiness("Edits");
    Reply created = owner.post("/api/campaigns", Definitions.oneEmail("One", "null"));
    String path = "/api/campaigns/" + created.id();
    assertThat(created.etag()).isEqualTo("\"1\"");
    assertThat(owner.put(path, Definitions.oneEmail("Two", "null"), created.etag()).etag())
        .isEqualTo("\"2\"");

    Reply late = owner.put(path, Definitions.oneEmail("Three", "null"), created.etag());
    Reply lateStanding = owner.send("POST", path + "/activate", null, created.etag());

    assertThat(late.status()).isEqualTo(412);
    assertThat(late.problem()).isEqualTo("changed_meanwhile");
    assertThat(late.body().path("revision").asInt()).isEqualTo(2);
    assertThat(lateStanding.status()).isEqualTo(412);
    assertThat(owner.get(path).body().path("name").asString()).isEqualTo("Two");
  }

  @Test
  void ofSimultaneousEditsOfOneRevisionOneWins() {
    Api owner = newBusiness("Edit race");
    Reply created = owner.post("/api/campaigns", Definitions.oneEmail("One", "null"));

    List<Integer> statuses =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            owner
                                .put(
                                    "/api/campaigns/" + created.id(),
                                    Definitions.oneEmail("E" + i, "null"),
                                    created.etag())
                                .status()))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .sorted()
            .toList();

    assertThat(statuses).containsExactly(200, 412, 412, 412, 412, 412);
  }

  @ParameterizedTest
  @CsvSource({
    "pause,campaign_not_active",
    "resume,campaign_not_paused",
    "activate archive,campaign_active",
    "activate resume,campaign_not_paused",
    "archive activate,campaign_archived",
    "archive publish,campaign_archived",
    "archive pause,campaign_archived",
    "archive archive,campaign_archived"
  })
  void aCommandThatTheStatusDoesNotAllowIsRefused(String commands, String code) {
    Api owner = newBusiness("Status");
    String path = campaign(owner, "C", "null");
    Reply last = owner.get(path);
    for (String command : commands.split(" ")) {
      last = owner.post(path + "/" + command, null);
    }

    assertThat(last.status()).isEqualTo(409);
    assertThat(last.problem()).isEqualTo(code);
    assertThat(last.body().path("detail").asString()).endsWith(".");
  }

  @Test
  void anArchivedDraftIsNotEdited() {
    Api owner = newBusiness("Archive");
    String path = campaign(owner, "C", "null");
    owner.post(path + "/archive", null);

    assertThat(owner.put(path, Definitions.oneEmail("D", "null"), null).problem())
        .isEqualTo("campaign_archived");
  }

  @Test
  void anotherBusinesssCampaignIsNotThere() {
    Api owner = newBusiness("Mine");
    Api other = newBusiness("Other");
    String path = campaign(owner, "C", "null");

    for (String request :
        List.of(
            "GET ",
            "DELETE ",
            "POST /activate",
            "POST /duplicate",
            "GET /versions",
            "GET /versions/1")) {
      String[] words = request.split(" ", 2);
      Reply reply = other.send(words[0], path + words[1], null, null);
      assertThat(reply.status()).as(request).isEqualTo(404);
      assertThat(reply.problem()).isEqualTo("not_found");
    }
    assertThat(other.put(path, Definitions.oneEmail("D", "null"), null).status()).isEqualTo(404);
    assertThat(other.put(path, "{\"nonsense\": 1}", null).status()).isEqualTo(404);
    assertThat(other.get("/api/campaigns").body().path("total").asInt()).isZero();
    assertThat(owner.get("/api/campaigns/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(owner.get("/api/campaigns/1").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"staff", "analyst"})
  void onlyTheOwnerChanges(String role) {
    Api owner = newBusiness("Roles");
    String path = campaign(owner, "C", "null");
    Api reader = owner.as(role);

    assertThat(reader.get(path).status()).isEqualTo(200);
    assertThat(reader.get("/api/presets").status()).isEqualTo(200);
    assertThat(reader.post("/api/campaigns", Definitions.oneEmail("D", "\"hvac\"")).status())
        .isEqualTo(403);
    assertThat(reader.put(path, Definitions.oneEmail("D", "null"), null).status()).isEqualTo(403);
    assertThat(reader.post(path + "/activate", null).problem()).isEqualTo("forbidden");
    assertThat(reader.post(path + "/duplicate", null).status()).isEqualTo(403);
    assertThat(reader.delete(path).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | 422 | ''",
        "not json | 400 | ''",
        "{\"kind\": \"multi_touch\", \"steps\": []} | 422 | name",
        "{\"name\": \" \", \"kind\": \"drip\", \"steps\": []} | 422 | name",
        "{\"name\": \"N\", \"kind\": \"newsletter\", \"steps\": []} | 422 | kind",
        "{\"name\": \"N\", \"kind\": \"drip\", \"service_type\": \"gardening\"} | 422 | service_type",
        "{\"name\": \"N\", \"kind\": \"drip\", \"colour\": \"red\"} | 422 | colour",
        "{\"name\": \"N\", \"kind\": \"drip\", \"steps\": [{\"kind\": \"dance\"}]} | 422 | steps[0]",
        "{\"name\": \"N\", \"kind\": \"drip\", \"steps\": [{\"kind\": \"wait\", \"id\": \"w\"}]} | 422 | steps[0].delay"
      })
  void aDocumentOfTheWrongFormIsRefusedWithItsField(String body, int status, String field) {
    Reply reply = newBusiness("Form").post("/api/campaigns", body);

    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    if (!field.isEmpty()) {
      assertThat(reply.body().path("errors").get(0).path("field").asString())
          .as(reply.toString())
          .startsWith(field);
      assertThat(reply.body().path("errors").get(0).path("message").asString())
          .doesNotContain("dev.aftertouch");
    }
  }

  @Test
  void aMegabyteOfTextAndTextThatPostgresCannotKeepAreRefused() {
    Api owner = newBusiness("Large");

    Reply long1 = owner.post("/api/campaigns", withStep(email("a", 1, "x".repeat(1_000_000))));
    Reply tooLong = owner.post("/api/campaigns", withStep(email("a", 1, "x".repeat(3_000_000))));
    Reply nul = owner.post("/api/campaigns", withStep(email("a", 1, "x\\u0000y")));
    Reply name = owner.post("/api/campaigns", Definitions.oneEmail("n".repeat(101), "null"));

    assertThat(long1.body().path("errors").findValuesAsString("code")).containsExactly("too_long");
    assertThat(long1.body().path("errors").findValuesAsString("field"))
        .containsExactly("steps[0].template.body");
    assertThat(tooLong.status()).isEqualTo(413);
    assertThat(tooLong.problem()).isEqualTo("too_large");
    assertThat(nul.body().path("errors").findValuesAsString("code"))
        .containsExactly("text_invalid");
    assertThat(name.body().path("errors").findValuesAsString("code"))
        .containsExactly("name_invalid");
  }

  @Test
  void aBusinessThatIsGoneCreatesNothing() {
    Api gone = api(UUID.randomUUID(), "owner");

    assertThat(gone.post("/api/campaigns", Definitions.oneEmail("N", "null")).status())
        .isEqualTo(404);
    assertThat(gone.get("/api/business").status()).isEqualTo(404);
  }
}
