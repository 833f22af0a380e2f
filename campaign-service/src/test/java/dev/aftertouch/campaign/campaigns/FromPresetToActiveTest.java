package dev.aftertouch.campaign.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aftertouch.campaign.running.Api;
import dev.aftertouch.campaign.running.Api.Reply;
import dev.aftertouch.campaign.running.Definitions;
import dev.aftertouch.campaign.running.PublishedFacts;
import dev.aftertouch.campaign.running.PublishedFacts.Published;
import dev.aftertouch.campaign.running.RunningService;
import dev.aftertouch.facts.CampaignDeleted;
import dev.aftertouch.facts.CampaignFact;
import dev.aftertouch.facts.CampaignPublished;
import dev.aftertouch.facts.CampaignStatusChanged;
import dev.aftertouch.facts.Topics;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * MT-F1: preset → duplicate → change touches → activate; and what happens to the campaign
 * afterwards.
 */
class FromPresetToActiveTest extends RunningService {

  @Test
  void duplicatesAPresetChangesItAndActivatesIt() {
    Api owner = newBusiness("F1");
    Reply presets = owner.get("/api/presets");
    assertThat(presets.body().path("items").findValuesAsString("preset_key"))
        .containsExactly("conservative", "standard", "aggressive");
    String standard = presets.body().path("items").get(1).path("id").asString();

    Reply copy = owner.post("/api/campaigns/" + standard + "/duplicate", "{\"name\": \"Ours\"}");
    assertThat(copy.status()).isEqualTo(201);
    assertThat(copy.body().path("status").asString()).isEqualTo("draft");
    assertThat(copy.body().path("is_preset").asBoolean()).isFalse();
    ObjectNode ours =
        (ObjectNode) owner.get("/api/campaigns/" + standard).body().path("definition").deepCopy();
    ObjectNode definition = (ObjectNode) copy.body().path("definition");
    assertThat(definition).isEqualTo(ours.put("name", "Ours"));
    ((ObjectNode) definition.path("steps").get(0).path("delay")).put("amount", 6);
    Reply edited = owner.put("/api/campaigns/" + copy.id(), definition.toString(), copy.etag());
    assertThat(edited.status()).isEqualTo(200);
    Reply active = owner.post("/api/campaigns/" + copy.id() + "/activate", null);

    assertThat(active.status()).isEqualTo(200);
    assertThat(active.body().path("status").asString()).isEqualTo("active");
    assertThat(active.body().path("current_version").asInt()).isEqualTo(1);
    assertThat(active.body().path("has_unpublished_changes").asBoolean()).isFalse();
    List<Published<CampaignFact>> facts = factsOf(owner.business(), 2);
    assertThat(facts)
        .extracting(Published::key)
        .containsExactly(copy.id() + "/1", copy.id().toString());
    assertThat(facts).extracting(Published::partition).containsOnly(facts.getFirst().partition());
    assertThat(facts)
        .allSatisfy(
            published -> {
              assertThat(published.fact().getBusinessId()).isEqualTo(owner.business());
              assertThat(published.fact().getCampaignId()).isEqualTo(copy.id());
              assertThat(published.fact().getRevision()).isEqualTo(3);
            });
    CampaignPublished version = (CampaignPublished) facts.getFirst().fact().getFact();
    assertThat(version.getVersion()).isEqualTo(1);
    assertThat(version.getPublishedBy()).isEqualTo("owner@test.example");
    assertThat(
            Api.JSON
                .readTree(version.getDefinition())
                .path("steps")
                .get(0)
                .path("delay")
                .path("amount")
                .asInt())
        .isEqualTo(6);
    assertThat(facts.get(1).fact().getFact())
        .isEqualTo(new CampaignStatusChanged("Ours", "multi_touch", "active", null, 1, "stop"));
  }

  @Test
  void keepsEachVersionAsItWasPublished() {
    Api owner = newBusiness("Versions");
    Reply draft = owner.post("/api/campaigns", Definitions.oneEmail("First", "\"hvac\""));
    owner.post("/api/campaigns/" + draft.id() + "/activate", null);
    owner.put("/api/campaigns/" + draft.id(), Definitions.oneEmail("Second", "\"hvac\""), null);
    Reply between = owner.get("/api/campaigns/" + draft.id());

    assertThat(between.body().path("has_unpublished_changes").asBoolean()).isTrue();
    assertThat(between.body().path("current_version").asInt()).isEqualTo(1);
    assertThat(
            owner
                .post("/api/campaigns/" + draft.id() + "/publish", null)
                .body()
                .path("current_version")
                .asInt())
        .isEqualTo(2);
    assertThat(
            owner
                .post("/api/campaigns/" + draft.id() + "/publish", null)
                .body()
                .path("current_version")
                .asInt())
        .as("publishing what is published makes no version")
        .isEqualTo(2);
    assertThat(
            owner
                .get("/api/campaigns/" + draft.id() + "/versions")
                .body()
                .path("items")
                .findValuesAsString("version"))
        .containsExactly("2", "1");
    assertThat(
            owner
                .get("/api/campaigns/" + draft.id() + "/versions/1")
                .body()
                .path("definition")
                .path("name")
                .asString())
        .isEqualTo("First");
    assertThat(owner.get("/api/campaigns/" + draft.id() + "/versions/3").status()).isEqualTo(404);
  }

  @Test
  void tellsEveryChangeOfItsStandingInOrder() {
    Api owner = newBusiness("Standing");
    String path =
        "/api/campaigns/"
            + owner.post("/api/campaigns", Definitions.oneEmail("Roofs", "\"roofing\"")).id();
    owner.post(path + "/activate", null);
    owner.post(path + "/pause", "{\"mode\": \"hold\"}");
    owner.post(path + "/resume", null);
    owner.put(path, Definitions.oneEmail("Roofs, renamed but not published", "\"roofing\""), null);
    owner.post(path + "/pause", null);
    owner.post(path + "/archive", null);
    assertThat(owner.delete(path).status()).isEqualTo(204);

    List<Published<CampaignFact>> facts = factsOf(owner.business(), 7);
    assertThat(facts.stream().skip(1).map(published -> published.fact().getFact()))
        .containsExactly(
            standing("active", "stop"),
            standing("paused", "hold"),
            standing("active", "hold"),
            standing("paused", "stop"),
            standing("archived", "stop"),
            new CampaignDeleted("Roofs, renamed but not published"));
    assertThat(facts).extracting(published -> published.fact().getRevision()).isSorted();
    assertThat(owner.get(path).status()).isEqualTo(404);
    assertThat(owner.get("/api/campaigns").body().path("total").asInt()).isZero();
  }

  private static CampaignStatusChanged standing(String status, String mode) {
    return new CampaignStatusChanged("Roofs", "multi_touch", status, "roofing", 1, mode);
  }

  @Test
  void listsByStatusAndKindInPages() {
    Api owner = newBusiness("Lists");
    for (String service : List.of("hvac", "plumbing", "cleaning")) {
      owner.post("/api/campaigns", Definitions.oneEmail("For " + service, "\"" + service + "\""));
    }
    UUID first =
        UUID.fromString(
            owner.get("/api/campaigns").body().path("items").get(0).path("id").asString());
    Reply active = owner.post("/api/campaigns/" + first + "/activate", null);

    assertThat(active.body().path("status").asString()).as(active.toString()).isEqualTo("active");
    assertThat(owner.get("/api/campaigns").body().path("total").asInt()).isEqualTo(3);
    assertThat(owner.get("/api/campaigns").body().path("page_size").asInt()).isEqualTo(50);
    assertThat(owner.get("/api/campaigns?include_presets=true").body().path("total").asInt())
        .isEqualTo(6);
    assertThat(
            owner.get("/api/campaigns?status=active").body().path("items").findValuesAsString("id"))
        .containsExactly(first.toString());
    assertThat(owner.get("/api/campaigns?kind=drip").body().path("total").asInt()).isZero();
    assertThat(owner.get("/api/campaigns?page_size=2").body().path("items").size()).isEqualTo(2);
    assertThat(owner.get("/api/campaigns?page_size=2&page=0").body().path("items"))
        .isEqualTo(owner.get("/api/campaigns?page_size=2").body().path("items"));
    assertThat(owner.get("/api/campaigns?page_size=2&page=1").body().path("items").size())
        .isEqualTo(1);
    assertThat(owner.get("/api/campaigns?page=-1").problem()).isEqualTo("invalid");
    assertThat(owner.get("/api/campaigns?page_size=201").problem()).isEqualTo("invalid");
    assertThat(owner.get("/api/campaigns?status=sleeping").status()).isEqualTo(400);
  }

  private List<Published<CampaignFact>> factsOf(UUID business, int number) {
    return await()
        .until(
            () ->
                new PublishedFacts(REAL)
                    .<CampaignFact>of(Topics.CAMPAIGNS).stream()
                        .filter(published -> published.fact().getBusinessId().equals(business))
                        .toList(),
            found -> found.size() >= number);
  }
}
