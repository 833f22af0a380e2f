package dev.aftertouch.dispatch.reconciling;

import dev.aftertouch.dispatch.gating.ResendTouch;
import dev.aftertouch.dispatch.replicas.Businesses;
import dev.aftertouch.dispatch.sending.TwilioMessages;
import dev.aftertouch.dispatch.settling.CorrectUnknown;
import dev.aftertouch.dispatch.settling.UnknownAttempts;
import dev.aftertouch.dispatch.webhooks.MissedStatuses;
import dev.aftertouch.dispatch.webhooks.MissedTexts;
import dev.aftertouch.service.background.BackgroundLoop;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ReconcilingConfiguration {
  @Bean
  ReconcileAttempts reconcileAttempts(
      Tenancy tenancy,
      Businesses businesses,
      UnknownAttempts attempts,
      TwilioMessages twilio,
      CorrectUnknown correct,
      ResendTouch resend,
      MissedStatuses missed,
      ReconcilingProperties properties) {
    return new ReconcileAttempts(
        tenancy, businesses, attempts, twilio, correct, resend, missed, properties);
  }

  @Bean
  BackgroundLoop attemptReconciler(ReconcileAttempts reconcile, ReconcilingProperties properties) {
    return new BackgroundLoop("reconcile-attempts", properties.lookEvery(), reconcile::reconcile);
  }

  @Bean
  PollTexts pollTexts(
      Tenancy tenancy,
      Businesses businesses,
      TwilioMessages twilio,
      MissedTexts missed,
      InstantSource clock,
      ReconcilingProperties properties) {
    return new PollTexts(tenancy, businesses, twilio, missed, clock, properties.textsWindow());
  }

  @Bean
  BackgroundLoop textsPoller(PollTexts poll, ReconcilingProperties properties) {
    return new BackgroundLoop("poll-texts", properties.textsEvery(), poll::poll);
  }
}
