package dev.aftertouch.dispatch.settling;

import dev.aftertouch.dispatch.messages.Bundles;
import dev.aftertouch.dispatch.sending.Providers;
import dev.aftertouch.dispatch.sending.SendMessages;
import dev.aftertouch.dispatch.suppressing.RecordStops;
import dev.aftertouch.dispatch.suppressing.StopBarrier;
import dev.aftertouch.service.background.BackgroundLoop;
import dev.aftertouch.service.kafka.Publisher;
import dev.aftertouch.service.outbox.Outbox;
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
  UnknownAttempts unknownAttempts(JdbcClient jdbc, Bundles bundles) {
    return new UnknownAttempts(jdbc, bundles);
  }

  @Bean
  EarlierAttempts earlierAttempts(JdbcClient jdbc) {
    return new EarlierAttempts(jdbc);
  }

  @Bean
  ProviderStops providerStops(RecordStops stops) {
    return new ProviderStops(stops);
  }

  @Bean
  CorrectUnknown correctUnknown(
      JdbcClient jdbc,
      UnknownAttempts unknown,
      Outbox outbox,
      OutcomeMeters meters,
      InstantSource clock) {
    return new CorrectUnknown(jdbc, unknown, outbox, meters, clock);
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
      EarlierAttempts earlier,
      UnknownAttempts unknown,
      ProviderStops stops,
      ClaimsInFlight inFlight,
      Publisher publisher,
      OutcomeMeters meters,
      InstantSource clock,
      SettlingProperties properties) {
    return new SettleTouches(
        tenancy,
        jdbc,
        stored,
        earlier,
        unknown,
        stops,
        inFlight,
        publisher,
        meters,
        clock,
        properties.lease());
  }

  @Bean
  ClaimsInFlight claimsInFlight(JdbcClient jdbc) {
    return new ClaimsInFlight(jdbc);
  }

  @Bean
  Parcels parcels(Tenancy tenancy, JdbcClient jdbc, Providers providers) {
    return new Parcels(tenancy, jdbc, providers);
  }

  @Bean
  HandOverClaims handOverClaims(SendMessages sender, Parcels parcels) {
    return new HandOverClaims(sender, parcels);
  }

  @Bean
  SweepClaims sweepClaims(
      Tenancy tenancy,
      StopBarrier barrier,
      JdbcClient jdbc,
      ClaimsInFlight inFlight,
      Parcels parcels,
      Bundles bundles,
      HandOverClaims handOver,
      SettleTouches settle,
      OpenClaims rules,
      OutcomeMeters meters,
      InstantSource clock,
      SettlingProperties properties) {
    return new SweepClaims(
        tenancy,
        barrier,
        jdbc,
        inFlight,
        parcels,
        bundles,
        handOver,
        settle,
        rules,
        meters,
        clock,
        properties.lease());
  }

  @Bean
  BackgroundLoop claimSweeper(SweepClaims sweepClaims, SettlingProperties properties) {
    return new BackgroundLoop("sweep-claims", properties.sweepEvery(), sweepClaims::sweep);
  }
}
