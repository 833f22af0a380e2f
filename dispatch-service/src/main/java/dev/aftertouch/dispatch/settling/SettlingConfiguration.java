package dev.aftertouch.dispatch.settling;

import dev.aftertouch.dispatch.sending.SendMessages;
import dev.aftertouch.service.background.BackgroundLoop;
import dev.aftertouch.service.kafka.Publisher;
import dev.aftertouch.service.tenancy.Tenancy;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class SettlingConfiguration {
  @Bean
  StoredTouches storedTouches(JdbcClient jdbc) {
    return new StoredTouches(jdbc);
  }

  @Bean
  OutcomeMeters outcomeMeters(MeterRegistry registry) {
    return new OutcomeMeters(registry);
  }

  @Bean
  SettleTouches settleTouches(
      Tenancy tenancy,
      JdbcClient jdbc,
      StoredTouches stored,
      Publisher publisher,
      OutcomeMeters meters,
      InstantSource clock) {
    return new SettleTouches(tenancy, jdbc, stored, publisher, meters, clock);
  }

  @Bean
  SweepClaims sweepClaims(
      Tenancy tenancy,
      JdbcClient jdbc,
      SendMessages sender,
      SettleTouches settle,
      Publisher publisher,
      OutcomeMeters meters,
      InstantSource clock,
      SettlingProperties properties) {
    return new SweepClaims(
        tenancy, jdbc, sender, settle, publisher, meters, clock, properties.lease());
  }

  @Bean
  BackgroundLoop claimSweeper(SweepClaims sweepClaims, SettlingProperties properties) {
    return new BackgroundLoop("sweep-claims", properties.sweepEvery(), sweepClaims::sweep);
  }
}
