package dev.aftertouch.campaign.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.campaign.running.Api;
import dev.aftertouch.campaign.running.Api.Reply;
import dev.aftertouch.campaign.running.Definitions;
import dev.aftertouch.campaign.running.RunningService;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * MT-D1: at most one campaign for a service, and one for all services, among those that follow
 * finished jobs.
 */
class OneCampaignPerServiceTest extends RunningService {

  private static String campaign(Api owner, String name, String service) {
    return "/api/campaigns/"
        + owner.post("/api/campaigns", Definitions.oneEmail(name, service)).id();
  }

  @Test
  void aSecondCampaignForAServiceIsRefusedWithTheNameOfTheFirst() {
    Api owner = newBusiness("One each");
    String first = campaign(owner, "The first", "\"hvac\"");

    Reply second = owner.post("/api/campaigns", Definitions.oneEmail("The second", "\"hvac\""));
    Reply allServices = owner.post("/api/campaigns", Definitions.oneEmail("For all", "null"));
    Reply allAgain = owner.post("/api/campaigns", Definitions.oneEmail("For all again", "null"));

    assertThat(second.status()).isEqualTo(409);
    assertThat(second.problem()).isEqualTo("service_taken");
    assertThat(second.body().path("detail").asString()).contains("'The first'", "hvac");
    assertThat("/api/campaigns/" + second.body().path("other_campaign").path("id").asString())
        .isEqualTo(first);
    assertThat(allServices.status()).isEqualTo(201);
    assertThat(allAgain.problem()).isEqualTo("service_taken");
    assertThat(
            owner
                .put(
                    "/api/campaigns/" + allServices.id(),
                    Definitions.oneEmail("For all", "\"hvac\""),
                    null)
                .problem())
        .isEqualTo("service_taken");
  }

  @Test
  void archivingOrDeletingFreesTheService() {
    Api owner = newBusiness("Freed");
    assertThat(owner.post(campaign(owner, "A", "\"hvac\"") + "/archive", null).status())
        .isEqualTo(200);
    assertThat(owner.delete(campaign(owner, "B", "\"hvac\"")).status()).isEqualTo(204);

    assertThat(owner.post("/api/campaigns", Definitions.oneEmail("C", "\"hvac\"")).status())
        .isEqualTo(201);
  }

  @Test
  void whatIsLiveKeepsItsServiceThoughTheDraftMovedOn() {
    Api owner = newBusiness("Moved");
    String first = campaign(owner, "Moving", "\"hvac\"");
    owner.post(first + "/activate", null);
    owner.put(first, Definitions.oneEmail("Moving", "\"plumbing\""), null);
    String second = campaign(owner, "Heir", "\"hvac\"");

    Reply tooEarly = owner.post(second + "/activate", null);
    owner.post(first + "/publish", null);
    Reply inTime = owner.post(second + "/activate", null);

    assertThat(tooEarly.problem()).isEqualTo("service_taken");
    assertThat(tooEarly.body().path("detail").asString()).contains("'Moving'");
    assertThat(inTime.status()).isEqualTo(200);
  }

  @Test
  void onlyOneOfManySimultaneousCampaignsGetsTheService() {
    Api owner = newBusiness("Race");

    List<Integer> statuses =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            owner
                                .post(
                                    "/api/campaigns",
                                    Definitions.oneEmail("Racer " + i, "\"roofing\""))
                                .status()))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .sorted()
            .toList();

    assertThat(statuses).containsExactly(201, 409, 409, 409, 409, 409, 409, 409);
  }

  @Test
  void aDuplicateTakesAnotherServiceOrIsRefused() {
    Api owner = newBusiness("Copies");
    String path = campaign(owner, "Source", "\"hvac\"");

    Reply same = owner.post(path + "/duplicate", null);
    Reply other = owner.post(path + "/duplicate", "{\"service_type\": \"cleaning\"}");
    Reply all = owner.post(path + "/duplicate", "{\"service_type\": null, \"name\": \"All\"}");
    Reply wrong = owner.post(path + "/duplicate", "{\"service_type\": \"gardening\"}");

    assertThat(same.problem()).isEqualTo("service_taken");
    assertThat(other.body().path("name").asString()).isEqualTo("Copy of Source");
    assertThat(other.body().path("service_type").asString()).isEqualTo("cleaning");
    assertThat(all.status()).isEqualTo(201);
    assertThat(((ObjectNode) all.body().path("definition")).has("service_type")).isFalse();
    assertThat(wrong.body().path("errors").findValuesAsString("code"))
        .containsExactly("service_type_unknown");
  }
}
