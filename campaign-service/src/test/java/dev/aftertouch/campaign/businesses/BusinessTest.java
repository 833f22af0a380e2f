package dev.aftertouch.campaign.businesses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aftertouch.campaign.running.Api;
import dev.aftertouch.campaign.running.Api.Reply;
import dev.aftertouch.campaign.running.Definitions;
import dev.aftertouch.campaign.running.PublishedFacts;
import dev.aftertouch.campaign.running.RunningService;
import dev.aftertouch.facts.BusinessChanged;
import dev.aftertouch.facts.BusinessDeleted;
import dev.aftertouch.facts.BusinessFact;
import dev.aftertouch.facts.Topics;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class BusinessTest extends RunningService {

  private static ObjectNode settingsOf(Reply business) {
    return (ObjectNode) business.body().path("settings");
  }

  private static String body(String name, ObjectNode settings) {
    return Api.JSON.createObjectNode().put("name", name).set("settings", settings).toString();
  }

  @Test
  void anOwnerChangesTheSettingsAndEverybodyHearsOfIt() {
    Api owner = newBusiness("Before");
    Reply present = owner.get("/api/business");
    ObjectNode settings = settingsOf(present);
    settings.putObject("timings").put("roofing", "PT72H");
    settings.putObject("quiet_hours").put("start", "20:00").put("end", "09:00");

    Reply changed = owner.put("/api/business", body("After", settings), present.etag());

    assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
    assertThat(changed.etag()).isEqualTo("\"2\"");
    assertThat(changed.body().path("settings").path("timings").path("roofing").asString())
        .isEqualTo("PT72H");
    List<BusinessFact> facts = factsOf(owner.business(), 2);
    assertThat(facts).extracting(BusinessFact::getRevision).containsExactly(1L, 2L);
    assertThat(((BusinessChanged) facts.get(1).getFact()).getName()).isEqualTo("After");
    assertThat(Api.JSON.readTree(((BusinessChanged) facts.get(1).getFact()).getSettings()))
        .isEqualTo(changed.body().path("settings"));
  }

  @Test
  void aChangeOnTopOfAnOldRevisionIsRefused() {
    Api owner = newBusiness("Stale");
    Reply present = owner.get("/api/business");
    owner.put("/api/business", body("Once", settingsOf(present)), present.etag());

    assertThat(
            owner.put("/api/business", body("Twice", settingsOf(present)), present.etag()).status())
        .isEqualTo(412);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "time_zone | \"Mars/Olympus\" | settings.time_zone",
        "quiet_hours | {\"start\": \"22:00\", \"end\": \"08:00\"} | settings.quiet_hours.start",
        "quiet_hours | {\"start\": \"21:00\", \"end\": \"07:00\"} | settings.quiet_hours.end",
        "pacing | {\"emails_per_hour\": 0, \"texts_per_hour\": 100} | settings.pacing.emails_per_hour",
        "timings | {\"hvac\": \"PT0S\"} | settings.timings.hvac",
        "links | {\"review\": \"javascript:alert(1)\"} | settings.links.review",
        "cooldown | \"soon\" | settings.cooldown",
        "minimum_gap | \"P31D\" | settings.minimum_gap",
        "minimum_gap | \"-PT1S\" | settings.minimum_gap",
        "on_unknown | \"resend_for_ever\" | settings.on_unknown",
        "sender | {\"user_name\": \"S\", \"email_provider\": \"carrier_pigeon\"} | settings.sender.email_provider",
        "sender | {\"email_provider\": \"smtp\"} | settings.sender.user_name",
        "colour | \"red\" | settings.colour"
      })
  void settingsThatCannotHoldAreRefusedWithTheirField(String name, String value, String field) {
    Api owner = newBusiness("Wrong");
    ObjectNode settings = settingsOf(owner.get("/api/business"));
    settings.set(name, Api.JSON.readTree(value));

    Reply reply = owner.put("/api/business", body("Wrong", settings), null);

    assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
    assertThat(reply.body().path("errors").findValuesAsString("field")).containsExactly(field);
    assertThat(owner.get("/api/business").body().path("revision").asInt()).isEqualTo(1);
  }

  @Test
  void anEmptyBodyNamesWhatIsMissing() {
    Api owner = newBusiness("Empty");

    assertThat(
            owner
                .put("/api/business", "{}", null)
                .body()
                .path("errors")
                .findValuesAsString("field"))
        .containsExactly("settings");
    assertThat(
            owner
                .put("/api/business", body("", settingsOf(owner.get("/api/business"))), null)
                .body()
                .path("errors")
                .findValuesAsString("field"))
        .containsExactly("name");
  }

  @Test
  void onlyTheOwnerChangesAndDeletes() {
    Api owner = newBusiness("Roles");
    Api staff = owner.as("staff");

    assertThat(staff.get("/api/business").status()).isEqualTo(200);
    assertThat(
            staff
                .put("/api/business", body("No", settingsOf(owner.get("/api/business"))), null)
                .status())
        .isEqualTo(403);
    assertThat(
            staff.send("DELETE", "/api/business", "{\"confirm_name\": \"Roles\"}", null).status())
        .isEqualTo(403);
  }

  @Test
  void aBusinessThatLeavesTakesEverythingWithItAndCountsOnWhenItComesBack() {
    Api owner = newBusiness("Leaving");
    UUID campaign = owner.post("/api/campaigns", Definitions.oneEmail("C", "null")).id();
    owner.post("/api/campaigns/" + campaign + "/activate", null);
    owner.post("/api/templates", "{\"name\": \"T\", \"channel\": \"sms\", \"body\": \"B\"}");

    Reply unconfirmed =
        owner.send("DELETE", "/api/business", "{\"confirm_name\": \"leaving\"}", null);
    Reply gone = owner.send("DELETE", "/api/business", "{\"confirm_name\": \"Leaving\"}", null);

    assertThat(unconfirmed.status()).isEqualTo(422);
    assertThat(gone.status()).isEqualTo(204);
    assertThat(owner.get("/api/business").status()).isEqualTo(404);
    assertThat(owner.get("/api/campaigns").body().path("total").asInt()).isZero();
    assertThat(owner.get("/api/templates").body().path("total").asInt()).isZero();
    assertThat(factsOf(owner.business(), 2).getLast().getFact())
        .isInstanceOf(BusinessDeleted.class);
    await()
        .until(
            () -> new PublishedFacts(REAL).tombstones(Topics.CAMPAIGNS),
            keys -> keys.containsAll(List.of(campaign.toString(), campaign + "/1")));
    assertThat(businesses.create(owner.business(), "Back", settings())).isTrue();
    assertThat(factsOf(owner.business(), 3))
        .extracting(BusinessFact::getRevision)
        .containsExactly(1L, 2L, 3L);
  }

  private List<BusinessFact> factsOf(UUID business, int number) {
    return await()
        .until(
            () ->
                new PublishedFacts(REAL)
                    .<BusinessFact>of(Topics.BUSINESSES).stream()
                        .filter(published -> published.key().equals(business.toString()))
                        .map(PublishedFacts.Published::fact)
                        .toList(),
            found -> found.size() >= number);
  }
}
