package dev.aftertouch.campaign.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.campaign.CampaignService;
import dev.aftertouch.campaign.running.Api;
import dev.aftertouch.campaign.running.Api.Reply;
import dev.aftertouch.campaign.running.RunningService;
import dev.aftertouch.local.infrastructure.Infrastructure;
import dev.aftertouch.local.infrastructure.ServiceDatabase;
import dev.aftertouch.local.infrastructure.SharedInfrastructure;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class DemoBusinessesTest {
  private static final Infrastructure REAL = SharedInfrastructure.get();
  private static final ServiceDatabase DATABASE = REAL.createDatabase("campaign");

  private static ConfigurableApplicationContext start() {
    Map<String, Object> properties = new HashMap<>(RunningService.properties(REAL, DATABASE));
    properties.put("aftertouch.demo", "true");
    properties.put("server.port", "0");
    SpringApplication application = new SpringApplication(CampaignService.class);
    return application.run(
        properties.entrySet().stream()
            .map(property -> "--" + property.getKey() + "=" + property.getValue())
            .toList()
            .toArray(new String[0]));
  }

  private static Api owner(ConfigurableApplicationContext service, UUID business) {
    return new Api(
        "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port"),
        business,
        "owner");
  }

  @Test
  void theSecondStartLeavesWhatTheFirstOneMadeAndTheOwnerChanged() {
    try (ConfigurableApplicationContext first = start()) {
      Api summit = owner(first, DemoBusinesses.SUMMIT);
      Reply campaigns = summit.get("/api/campaigns");
      assertThat(campaigns.body().path("items").findValuesAsString("status"))
          .containsExactlyInAnyOrder("active", "paused");
      String settings = summit.get("/api/business").body().path("settings").toString();
      assertThat(
              summit
                  .put(
                      "/api/business",
                      "{\"name\": \"Renamed\", \"settings\": " + settings + "}",
                      null)
                  .status())
          .isEqualTo(200);
      assertThat(
              summit
                  .delete(
                      "/api/campaigns/"
                          + campaigns.body().path("items").get(0).path("id").asString())
                  .status())
          .isEqualTo(204);
      assertThat(
              owner(first, DemoBusinesses.HARBOR)
                  .get("/api/business")
                  .body()
                  .path("settings")
                  .path("time_zone")
                  .asString())
          .isEqualTo("America/New_York");
    }

    try (ConfigurableApplicationContext second = start()) {
      Api summit = owner(second, DemoBusinesses.SUMMIT);
      assertThat(summit.get("/api/business").body().path("name").asString()).isEqualTo("Renamed");
      assertThat(summit.get("/api/campaigns").body().path("total").asInt()).isEqualTo(1);
      assertThat(summit.get("/api/presets").body().path("items").size()).isEqualTo(3);
    }
  }
}
