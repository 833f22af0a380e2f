package dev.aftertouch.engine.gate;

import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.gate.GateFacts.CampaignStanding;
import dev.aftertouch.engine.gate.GateFacts.Content;
import dev.aftertouch.engine.gate.GateFacts.Recipient;
import dev.aftertouch.engine.gate.GateFacts.Touch;
import dev.aftertouch.engine.journey.StopReason;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** TouchFacts of a touch that may leave, changed by each test in one point. */
final class TouchFacts {
  private boolean businessKnown = true;
  private CampaignStanding campaign = CampaignStanding.ACTIVE;
  private @Nullable StopReason stopped;
  private @Nullable Recipient recipient =
      GateTest.recipient("anna@example.com", "+12125550123", GateTest.NEW_YORK);
  private @Nullable String suppressed;
  private boolean configured = true;
  private Channel channel = Channel.EMAIL;
  private @Nullable Instant due;
  private @Nullable Instant slot;
  private Supplier<Content> content = () -> new Content.Ready(1);
  private @Nullable Instant lastSent;
  private List<Instant> texts = List.of();
  private @Nullable Instant jobCompletedAt;
  private boolean expressConsent;

  TouchFacts text() {
    channel = Channel.SMS;
    return this;
  }

  TouchFacts businessUnknown() {
    businessKnown = false;
    return this;
  }

  TouchFacts campaign(CampaignStanding standing) {
    campaign = standing;
    return this;
  }

  TouchFacts stopped(StopReason reason) {
    stopped = reason;
    return this;
  }

  TouchFacts recipient(@Nullable Recipient changed) {
    recipient = changed;
    return this;
  }

  TouchFacts suppressed(String reason) {
    suppressed = reason;
    return this;
  }

  TouchFacts notConfigured() {
    configured = false;
    return this;
  }

  TouchFacts due(Instant at) {
    due = at;
    return this;
  }

  TouchFacts dueUnlessSaid(Instant now) {
    due = due == null ? now : due;
    return this;
  }

  TouchFacts slot(Instant reserved) {
    slot = reserved;
    return this;
  }

  TouchFacts content(Content rendered) {
    content = () -> rendered;
    return this;
  }

  TouchFacts content(Supplier<Content> rendered) {
    content = rendered;
    return this;
  }

  TouchFacts lastSent(Instant at) {
    lastSent = at;
    return this;
  }

  TouchFacts texts(Instant... latestFirst) {
    texts = List.of(latestFirst);
    return this;
  }

  TouchFacts ofJob(Instant completedAt) {
    jobCompletedAt = completedAt;
    return this;
  }

  TouchFacts expressConsent() {
    expressConsent = true;
    return this;
  }

  GateFacts build() {
    Instant dueAt = due == null ? GateTest.NOON : due;
    return new GateFacts(
        businessKnown,
        campaign,
        stopped,
        recipient,
        suppressed,
        configured,
        new Touch(channel, dueAt, dueAt, 0, slot, jobCompletedAt),
        content,
        lastSent,
        () -> expressConsent,
        texts);
  }
}
