package dev.aftertouch.service.background;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** What all services have in common, below everything that a service or its operator sets. */
public final class ServiceDefaults implements EnvironmentPostProcessor {
  private static final Map<String, Object> DEFAULTS =
      Map.ofEntries(
          Map.entry("spring.threads.virtual.enabled", "true"),
          Map.entry("spring.main.banner-mode", "off"),
          Map.entry("spring.jackson.property-naming-strategy", "SNAKE_CASE"),
          Map.entry("spring.mvc.problemdetails.enabled", "false"),
          Map.entry("spring.web.resources.add-mappings", "false"),
          Map.entry("server.shutdown", "graceful"),
          Map.entry("server.error.include-message", "never"),
          Map.entry("server.error.include-stacktrace", "never"),
          Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "20s"),
          Map.entry("management.endpoints.web.exposure.include", "health,prometheus,info"),
          Map.entry("management.endpoint.health.probes.enabled", "true"),
          Map.entry(
              "management.endpoint.health.group.readiness.include", "readinessState,database"),
          Map.entry("management.health.db.enabled", "false"),
          Map.entry("management.tracing.sampling.probability", "0.0"),
          // Metrics are pulled from /actuator/prometheus; nobody listens for pushed ones by
          // default.
          Map.entry("management.otlp.metrics.export.enabled", "false"),
          Map.entry("logging.level.org.apache.kafka", "WARN"),
          Map.entry("logging.level.io.apicurio", "WARN"));

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("aftertouch-defaults", DEFAULTS));
  }
}
