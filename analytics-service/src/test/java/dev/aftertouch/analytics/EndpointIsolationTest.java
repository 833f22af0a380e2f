package dev.aftertouch.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.analytics.projecting.FactsFolder;
import dev.aftertouch.facts.EngagementKind;
import dev.aftertouch.local.testing.EndpointIsolation;
import dev.aftertouch.local.testing.EndpointIsolation.Probe;
import dev.aftertouch.local.testing.RowLevelSecurity;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class EndpointIsolationTest extends RunningAnalytics {
  private static final Instant MORNING = Instant.parse("2026-03-01T15:00:00Z");

  @Autowired private FactsFolder folder;
  @Autowired private RequestMappingHandlerMapping requestMappingHandlerMapping;
  @LocalServerPort private int port;

  @Test
  void noEndpointShowsWhatIsAnothersWithItsIds() throws SQLException {
    Facts victim = life("The victim's own campaign");
    Facts intruder = life("Another");

    EndpointIsolation isolation =
        new EndpointIsolation(
            "http://127.0.0.1:" + port,
            new RowLevelSecurity(
                DATABASE.url(),
                "postgres",
                REAL.superuserPassword(),
                DATABASE.app().user(),
                DATABASE.app().password()),
            victim.business(),
            intruder.business(),
            List.of(
                victim.campaign().toString(),
                victim.enrollment().toString(),
                "The victim's own campaign"));

    assertThat(
            isolation.breaches(
                EndpointIsolation.endpoints(requestMappingHandlerMapping),
                Set.of(),
                List.of(
                    Probe.listing("GET /api/analytics/campaigns", ""),
                    Probe.naming("GET /api/analytics/campaigns/{campaign}", victim.campaign()),
                    Probe.listing("GET /api/analytics/overview", ""),
                    Probe.naming("GET /api/enrollments/{id}/timeline", victim.enrollment()),
                    Probe.listing(
                        "GET /api/analytics/timelines", "?enrollment_id=" + victim.enrollment())),
                33))
        .isEmpty();
  }

  private Facts life(String campaign) {
    Facts life = new Facts(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), MORNING);
    folder.fold(
        Facts.all(
            Facts.business(life.business(), "Business", "America/Denver", 1),
            Facts.campaign(life.business(), life.campaign(), campaign, 1),
            life.started(2),
            life.sent(1, MORNING),
            life.engagement(EngagementKind.CLICKED, 1, MORNING.plusSeconds(60)),
            life.stopped("review_clicked", 1, MORNING.plusSeconds(60))));
    return life;
  }
}
