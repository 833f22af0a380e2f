package dev.aftertouch.dispatch.gating;

import dev.aftertouch.dispatch.ledger.ConsentLedger;
import dev.aftertouch.dispatch.links.PublicLinks;
import dev.aftertouch.dispatch.messages.Bundles;
import dev.aftertouch.dispatch.replicas.Arrivals;
import dev.aftertouch.dispatch.replicas.Businesses;
import dev.aftertouch.dispatch.replicas.Campaigns;
import dev.aftertouch.dispatch.replicas.Recipients;
import dev.aftertouch.dispatch.replicas.Versions;
import dev.aftertouch.dispatch.sending.Providers;
import dev.aftertouch.dispatch.settling.ClaimsInFlight;
import dev.aftertouch.dispatch.settling.EarlierAttempts;
import dev.aftertouch.dispatch.settling.HandOverClaims;
import dev.aftertouch.dispatch.settling.Parcels;
import dev.aftertouch.dispatch.settling.SettleTouches;
import dev.aftertouch.dispatch.settling.SettlingProperties;
import dev.aftertouch.dispatch.settling.StoredTouches;
import dev.aftertouch.dispatch.settling.UnknownAttempts;
import dev.aftertouch.dispatch.suppressing.AddressKeys;
import dev.aftertouch.dispatch.suppressing.StopBarrier;
import dev.aftertouch.dispatch.suppressing.StoppedEnrollments;
import dev.aftertouch.dispatch.suppressing.Suppressions;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class GatingConfiguration {
  @Bean
  GateReadings gateReadings(
      Businesses businesses,
      Campaigns campaigns,
      Versions versions,
      Recipients recipients,
      Suppressions suppressions,
      StoppedEnrollments stopped,
      ConsentLedger ledger,
      AddressKeys keys) {
    return new GateReadings(
        businesses, campaigns, versions, recipients, suppressions, stopped, ledger, keys);
  }

  @Bean
  ComposeTouch composeTouch(Providers providers, Recipients recipients, PublicLinks links) {
    return new ComposeTouch(providers, recipients, links);
  }

  @Bean
  Claims claims(
      JdbcClient jdbc, Bundles bundles, ClaimsInFlight inFlight, SettlingProperties settling) {
    return new Claims(jdbc, bundles, inFlight, settling.lease());
  }

  @Bean
  ResendTouch resendTouch(
      Tenancy tenancy,
      JdbcClient jdbc,
      StopBarrier barrier,
      StoredTouches stored,
      UnknownAttempts attempts,
      EarlierAttempts earlier,
      DecideTouches decide,
      ComposeTouch composer,
      Claims claims,
      HandOverClaims handOver,
      SettleTouches settle,
      InstantSource clock) {
    return new ResendTouch(
        tenancy, jdbc, barrier, stored, attempts, earlier, decide, composer, claims, handOver,
        settle, clock);
  }

  @Bean
  DecideTouches decideTouches(
      Tenancy tenancy,
      JdbcClient jdbc,
      StopBarrier barrier,
      StoredTouches stored,
      GateReadings readings,
      Arrivals arrivals,
      GatingProperties gating,
      SettlingProperties settling,
      ComposeTouch composer,
      Claims claims,
      Parcels parcels) {
    return new DecideTouches(
        tenancy,
        barrier,
        stored,
        readings,
        new ReplicaPatience(gating.replicaPatience(), arrivals),
        new PacingLedgers(jdbc),
        new LastTouches(jdbc),
        gating.slotGrace(),
        settling.lease(),
        composer,
        claims,
        parcels);
  }

  @Bean
  DispatchTouches dispatchTouches(
      DecideTouches decide, HandOverClaims handOver, SettleTouches settle, InstantSource clock) {
    return new DispatchTouches(decide, handOver, settle, clock);
  }
}
