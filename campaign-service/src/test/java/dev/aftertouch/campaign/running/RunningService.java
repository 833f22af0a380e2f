package dev.aftertouch.campaign.running;

import dev.aftertouch.campaign.businesses.KeepBusiness;
import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.local.infrastructure.Infrastructure;
import dev.aftertouch.local.infrastructure.ServiceDatabase;
import dev.aftertouch.local.infrastructure.SharedInfrastructure;
import dev.aftertouch.local.testing.TestIdentity;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The real service on real PostgreSQL, Kafka and registry, one for all test classes that extend
 * this.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
public abstract class RunningService {
  protected static final Infrastructure REAL = SharedInfrastructure.get();
  protected static final ServiceDatabase DATABASE = REAL.createDatabase("campaign");

  @Autowired protected KeepBusiness businesses;
  @LocalServerPort private int port;

  @DynamicPropertySource
  static void ground(DynamicPropertyRegistry registry) {
    properties(REAL, DATABASE).forEach((name, value) -> registry.add(name, () -> value));
  }

  /** What the service is told about the servers. */
  public static Map<String, String> properties(Infrastructure real, ServiceDatabase database) {
    return Map.ofEntries(
        Map.entry("aftertouch.database.url", database.url()),
        Map.entry("aftertouch.database.owner.user", database.owner().user()),
        Map.entry("aftertouch.database.owner.password", database.owner().password()),
        Map.entry("aftertouch.database.app.user", database.app().user()),
        Map.entry("aftertouch.database.app.password", database.app().password()),
        Map.entry("aftertouch.database.worker.user", database.worker().user()),
        Map.entry("aftertouch.database.worker.password", database.worker().password()),
        Map.entry("aftertouch.database.report.user", database.report().user()),
        Map.entry("aftertouch.database.report.password", database.report().password()),
        Map.entry("aftertouch.kafka.bootstrap-servers", real.bootstrapServers()),
        Map.entry("aftertouch.kafka.registry-url", real.registryUrl()),
        Map.entry("aftertouch.security.jwk-set-uri", TestIdentity.shared().jwkSetUri()),
        Map.entry("aftertouch.security.issuer", TestIdentity.ISSUER));
  }

  /** A new business that has nothing yet, and its owner at the API. */
  protected Api newBusiness(String name) {
    UUID business = UUID.randomUUID();
    businesses.create(business, name, settings());
    return api(business, "owner");
  }

  protected Api api(UUID business, String role) {
    return new Api("http://127.0.0.1:" + port, business, role);
  }

  protected static BusinessSettings settings() {
    return new BusinessSettings(
        "America/Denver",
        "US",
        null,
        new BusinessSettings.Sender(
            "Sam", "sam@business.example", null, null, BusinessSettings.EmailProvider.RESEND),
        new BusinessSettings.Links("https://reviews.example/b", null, null),
        BusinessSettings.DEFAULT_QUIET_HOURS,
        BusinessSettings.DEFAULT_PACING,
        Map.of(),
        BusinessSettings.DEFAULT_COOLDOWN,
        BusinessSettings.DEFAULT_MAXIMUM_JOB_AGE,
        BusinessSettings.DEFAULT_MINIMUM_GAP,
        BusinessSettings.DEFAULT_ON_UNKNOWN);
  }
}
