package dev.aftertouch.analytics;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the analytics service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AnalyticsService {
  public static void main(String[] arguments) {
    SpringApplication.run(AnalyticsService.class, arguments);
  }
}
