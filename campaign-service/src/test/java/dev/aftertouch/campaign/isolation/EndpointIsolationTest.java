package dev.aftertouch.campaign.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.campaign.running.Api;
import dev.aftertouch.campaign.running.Definitions;
import dev.aftertouch.campaign.running.RunningService;
import dev.aftertouch.local.testing.EndpointIsolation;
import dev.aftertouch.local.testing.EndpointIsolation.Probe;
import dev.aftertouch.local.testing.RowLevelSecurity;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class EndpointIsolationTest extends RunningService {
  private static final String NAME = "Twin";
  private static final String CAMPAIGN = "/api/campaigns/{id}";

  @Autowired private RequestMappingHandlerMapping requestMappingHandlerMapping;

  /** Both businesses have the same name, so that the intruder confirms the deletion rightly. */
  @Test
  void noEndpointShowsOrChangesWhatIsAnothersWithItsIds() throws SQLException {
    Api victim = newBusiness(NAME);
    Api intruder = newBusiness(NAME);
    UUID campaign =
        victim.post("/api/campaigns", Definitions.oneEmail("The victim's", "null")).id();
    UUID template = template(victim, "Used");
    UUID other = template(victim, "Spare");
    UUID using =
        victim
            .post(
                "/api/campaigns",
                Definitions.textFromTemplate("U", "\"hvac\"", template.toString()))
            .id();
    assertThat(victim.post("/api/campaigns/" + using + "/publish", null).status()).isEqualTo(200);
    String business =
        "{\"name\": \"Twin\", \"settings\": "
            + victim.get("/api/business").body().path("settings")
            + "}";

    EndpointIsolation isolation =
        new EndpointIsolation(
            victim.url(),
            new RowLevelSecurity(
                DATABASE.url(),
                "postgres",
                REAL.superuserPassword(),
                DATABASE.app().user(),
                DATABASE.app().password()),
            victim.business(),
            intruder.business(),
            List.of(campaign.toString(), template.toString(), using.toString(), "The victim's"));

    assertThat(
            isolation.breaches(
                EndpointIsolation.endpoints(requestMappingHandlerMapping),
                Set.of(),
                List.of(
                    Probe.listing("GET /api/presets", ""),
                    Probe.listing("GET /api/campaigns", "?include_presets=true"),
                    Probe.listing("GET /api/campaigns/openapi.json", ""),
                    Probe.listing("GET /api/campaigns/schema.json", ""),
                    Probe.listing("GET /api/schemas/campaign-definition.json", ""),
                    Probe.naming("GET " + CAMPAIGN, campaign),
                    Probe.naming("GET " + CAMPAIGN + "/versions", using),
                    Probe.naming("GET " + CAMPAIGN + "/versions/{version}", using, 1),
                    Probe.listing("GET /api/templates", ""),
                    Probe.naming("GET /api/templates/{id}", template),
                    Probe.listing("GET /api/business", ""),
                    Probe.listing("POST /api/campaigns", "")
                        .with(
                            Definitions.textFromTemplate(
                                "Mine", "\"roofing\"", template.toString()))
                        .refused(),
                    Probe.listing("POST /api/templates", "")
                        .with("{\"name\": \"New\", \"channel\": \"sms\", \"body\": \"B\"}"),
                    Probe.naming("PUT " + CAMPAIGN, campaign)
                        .with(Definitions.oneEmail("Changed", "null")),
                    Probe.naming("POST " + CAMPAIGN + "/duplicate", campaign)
                        .with("{\"name\": \"Copy\", \"service_type\": \"plumbing\"}"),
                    Probe.naming("POST " + CAMPAIGN + "/publish", campaign),
                    Probe.naming("POST " + CAMPAIGN + "/activate", campaign),
                    Probe.naming("POST " + CAMPAIGN + "/pause", campaign),
                    Probe.naming("POST " + CAMPAIGN + "/resume", campaign),
                    Probe.naming("POST " + CAMPAIGN + "/pause", campaign),
                    Probe.naming("POST " + CAMPAIGN + "/archive", campaign),
                    Probe.naming("DELETE " + CAMPAIGN, campaign),
                    Probe.naming("PUT /api/templates/{id}", other)
                        .with("{\"name\": \"Other\", \"channel\": \"sms\", \"body\": \"C\"}"),
                    Probe.naming("DELETE /api/templates/{id}", other),
                    Probe.listing("PUT /api/business", "").with(business),
                    Probe.listing("DELETE /api/business", "")
                        .with("{\"confirm_name\": \"Twin\"}")
                        .last()),
                34))
        .isEmpty();
  }

  private static UUID template(Api business, String name) {
    return business
        .post(
            "/api/templates",
            "{\"name\": \"%s\", \"channel\": \"sms\", \"body\": \"B\"}".formatted(name))
        .id();
  }
}
