package dev.aftertouch.service.retention;

import dev.aftertouch.service.background.BackgroundLoop;
import dev.aftertouch.service.tenancy.Tenancy;
import dev.aftertouch.service.tenancy.TenancyAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** For services that say what they keep, by a bean {@link Kept}. */
@AutoConfiguration(after = TenancyAutoConfiguration.class)
@ConditionalOnBean(Kept.class)
@EnableConfigurationProperties(RetentionPace.class)
public class RetentionAutoConfiguration {
  @Bean
  Retention retention(
      Tenancy tenancy,
      JdbcClient jdbc,
      InstantSource clock,
      MeterRegistry meters,
      RetentionPace pace,
      Kept kept) {
    return new Retention(tenancy, jdbc, clock, meters, pace, kept.kinds());
  }

  @Bean
  BackgroundLoop retentionLoop(Retention retention, RetentionPace pace) {
    return new BackgroundLoop("retention", pace.pause(), retention::round);
  }
}
