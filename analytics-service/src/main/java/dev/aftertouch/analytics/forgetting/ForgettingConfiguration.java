package dev.aftertouch.analytics.forgetting;

import dev.aftertouch.service.background.BackgroundLoop;
import dev.aftertouch.service.retention.Keeping;
import dev.aftertouch.service.retention.Retention;
import dev.aftertouch.service.retention.RetentionPace;
import dev.aftertouch.service.tenancy.Tenancy;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RetentionPace.class, Keep.class})
class ForgettingConfiguration {
  @Bean
  Retention retention(
      Tenancy tenancy,
      JdbcClient jdbc,
      InstantSource clock,
      MeterRegistry meters,
      RetentionPace pace,
      Keep keep) {
    return new Retention(
        tenancy,
        jdbc,
        clock,
        meters,
        pace,
        List.of(
            Keeping.Walked.removing(
                "timeline",
                keep.timeline(),
                "timeline",
                List.of("business_id", "enrollment_id", "fact_id"),
                "occurred_at")));
  }

  @Bean
  BackgroundLoop retentionLoop(Retention retention, RetentionPace pace) {
    return new BackgroundLoop("retention", pace.pause(), retention::round);
  }
}
