package dev.aftertouch.dispatch.reconciling;

import dev.aftertouch.dispatch.gating.ResendTouch;
import dev.aftertouch.dispatch.replicas.Businesses;
import dev.aftertouch.dispatch.replicas.Businesses.Business;
import dev.aftertouch.dispatch.sending.ProviderName;
import dev.aftertouch.dispatch.sending.TwilioMessages;
import dev.aftertouch.dispatch.settling.CorrectUnknown;
import dev.aftertouch.dispatch.settling.UnknownAttempts;
import dev.aftertouch.dispatch.settling.UnknownAttempts.Open;
import dev.aftertouch.dispatch.webhooks.MissedStatuses;
import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.business.BusinessSettings.OnUnknown;
import dev.aftertouch.engine.gate.Doubts;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the doubt about attempts whose answer was lost: looks for them at the provider, and lets the
 * engine decide what follows. Providers are called outside any transaction; each attempt is settled
 * in one of its own, unless a callback was faster.
 */
final class ReconcileAttempts {
  private static final Logger log = LoggerFactory.getLogger(ReconcileAttempts.class);
  private static final int BATCH = 50;

  private final Tenancy tenancy;
  private final Businesses businesses;
  private final UnknownAttempts attempts;
  private final TwilioMessages twilio;
  private final CorrectUnknown correct;
  private final ResendTouch resend;
  private final MissedStatuses missed;
  private final ReconcilingProperties properties;

  ReconcileAttempts(
      Tenancy tenancy,
      Businesses businesses,
      UnknownAttempts attempts,
      TwilioMessages twilio,
      CorrectUnknown correct,
      ResendTouch resend,
      MissedStatuses missed,
      ReconcilingProperties properties) {
    this.tenancy = tenancy;
    this.businesses = businesses;
    this.attempts = attempts;
    this.twilio = twilio;
    this.correct = correct;
    this.resend = resend;
    this.missed = missed;
    this.properties = properties;
  }

  /** Looks at some once; tells whether there may be more. */
  boolean reconcile() {
    List<Open> open = tenancy.asWorker(() -> attempts.take(BATCH, properties.lookEvery()));
    if (open.isEmpty()) {
      return false;
    }
    Map<UUID, Business> known =
        tenancy.asWorker(
            () ->
                businesses
                    .find(open.stream().map(attempt -> attempt.touch().business()).toList())
                    .businesses());
    for (Open attempt : open) {
      Business business = known.get(attempt.touch().business());
      OnUnknown policy =
          business == null ? BusinessSettings.DEFAULT_ON_UNKNOWN : business.settings().onUnknown();
      Doubts.Facts facts = new Doubts.Facts(attempt.age(), attempt.resentBefore(), look(attempt));
      Doubts.Resolution resolution = Doubts.decide(facts, policy, properties.patience());
      apply(attempt, resolution);
    }
    return open.size() == BATCH;
  }

  private Doubts.Looked look(Open attempt) {
    byte[] body = attempt.body();
    Instant frozenAt = attempt.frozenAt();
    if (attempt.provider() != ProviderName.TWILIO || body == null || frozenAt == null) {
      return new Doubts.Looked.NoList();
    }
    if (body.length == 0) {
      return new Doubts.Looked.Unanswered("erased");
    }
    Doubts.Frozen frozen = TwilioMessages.read(body, frozenAt);
    Instant since = frozenAt.minus(Duration.ofMinutes(5));
    return switch (twilio.sent(frozen, since)) {
      case TwilioMessages.Answer.Unanswered<Doubts.Listed>(var why) ->
          new Doubts.Looked.Unanswered(why);
      case TwilioMessages.Answer.Listed<Doubts.Listed>(var list) ->
          Doubts.look(frozen, list, ofOthers(list));
    };
  }

  private Set<String> ofOthers(List<Doubts.Listed> list) {
    if (list.isEmpty()) {
      return Set.of();
    }
    List<String> ids = list.stream().map(Doubts.Listed::messageId).toList();
    return Set.copyOf(tenancy.asWorker(() -> attempts.claimed(ProviderName.TWILIO, ids)));
  }

  private void apply(Open attempt, Doubts.Resolution resolution) {
    switch (resolution) {
      case Doubts.Resolution.Wait wait -> {
        return;
      }
      case Doubts.Resolution.Accepted(var reason, var message) ->
          tenancy.asWorker(
              () ->
                  correct.accepted(attempt.touch().business(), attempt.attempt(), reason, message));
      case Doubts.Resolution.Undelivered(var reason, var message, var code) ->
          missed.undelivered(attempt.touch().business(), attempt.attempt(), message, code);
      case Doubts.Resolution.AssumeSent(var reason) ->
          tenancy.asWorker(
              () -> attempts.resolve(attempt, UnknownAttempts.Resolution.ASSUMED_SENT, reason));
      case Doubts.Resolution.Resend(var reason) -> resend.resend(attempt, reason);
    }
    log.info("Attempt {} of unknown ending: {}", attempt.attempt(), resolution);
  }
}
