package dev.aftertouch.analytics;

import dev.aftertouch.analytics.projecting.FactsFolder;
import dev.aftertouch.local.infrastructure.Infrastructure;
import dev.aftertouch.local.infrastructure.ServiceDatabase;
import dev.aftertouch.local.infrastructure.SharedInfrastructure;
import dev.aftertouch.local.testing.TestIdentity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service on a real database, broker and registry; shared by the tests that extend it. */
@Import({FactsFolder.class, RunningAnalytics.Time.class})
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
public abstract class RunningAnalytics {
  protected static final Infrastructure REAL = SharedInfrastructure.get();
  protected static final ServiceDatabase DATABASE = REAL.createDatabase("analytics");
  protected static final Projections PROJECTIONS = new Projections(DATABASE.url(), REAL);

  /** Noon, UTC. */
  @TestConfiguration
  static class Time {
    @Bean
    InstantSource clock() {
      return InstantSource.fixed(Instant.parse("2026-03-02T12:00:00Z"));
    }
  }

  @DynamicPropertySource
  static void ground(DynamicPropertyRegistry registry) {
    settings(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
  }

  /** All that an instance on that database needs; each its own consumer group. */
  protected static Map<String, String> settings(ServiceDatabase database) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("aftertouch.database.url", database.url());
    settings.put("aftertouch.database.owner.user", database.owner().user());
    settings.put("aftertouch.database.owner.password", database.owner().password());
    settings.put("aftertouch.database.app.user", database.app().user());
    settings.put("aftertouch.database.app.password", database.app().password());
    settings.put("aftertouch.database.worker.user", database.worker().user());
    settings.put("aftertouch.database.worker.password", database.worker().password());
    settings.put("aftertouch.database.report.user", database.report().user());
    settings.put("aftertouch.database.report.password", database.report().password());
    settings.put("aftertouch.kafka.bootstrap-servers", REAL.bootstrapServers());
    settings.put("aftertouch.kafka.registry-url", REAL.registryUrl());
    settings.put("aftertouch.analytics.group", "analytics-" + UUID.randomUUID());
    settings.put("aftertouch.security.jwk-set-uri", TestIdentity.shared().jwkSetUri());
    settings.put("aftertouch.security.issuer", TestIdentity.ISSUER);
    return settings;
  }
}
