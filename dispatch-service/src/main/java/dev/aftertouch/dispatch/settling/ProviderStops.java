package dev.aftertouch.dispatch.settling;

import dev.aftertouch.dispatch.settling.StoredTouch.Attempt;
import dev.aftertouch.dispatch.suppressing.Address;
import dev.aftertouch.dispatch.suppressing.RecordStops;
import dev.aftertouch.dispatch.suppressing.RecordStops.Cause;
import dev.aftertouch.dispatch.suppressing.SuppressionReason;
import dev.aftertouch.engine.journey.StopReason;
import java.util.List;

/**
 * Takes a provider's refusal because of the recipient's opt-out as the stop that it is, in the
 * transaction that stores the refusal. Costs no statement where nothing was refused for that.
 */
final class ProviderStops {
  private final RecordStops stops;

  ProviderStops(RecordStops stops) {
    this.stops = stops;
  }

  void record(List<StoredTouch> ended) {
    for (StoredTouch touch : ended) {
      Attempt attempt = touch.attempt();
      if (touch.state() == TouchState.REJECTED
          && attempt != null
          && attempt.address() != null
          && attempt.provider().meansOptedOut(attempt.providerCode())) {
        stops.suppress(
            Address.of(touch.id().business(), touch.id().channel(), attempt.address()),
            SuppressionReason.BLOCKED_BY_PROVIDER,
            StopReason.OPTED_OUT_SMS,
            null,
            new Cause(
                attempt.id() + "/" + attempt.providerCode(),
                attempt.provider().code(),
                touch.decidedAt()));
      }
    }
  }
}
