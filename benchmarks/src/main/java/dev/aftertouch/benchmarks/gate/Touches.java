package dev.aftertouch.benchmarks.gate;

import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.gate.GateFacts;
import dev.aftertouch.engine.gate.GateFacts.CampaignStanding;
import dev.aftertouch.engine.gate.GateFacts.Content;
import dev.aftertouch.engine.gate.GateFacts.Recipient;
import dev.aftertouch.engine.gate.GateFacts.Touch;
import dev.aftertouch.engine.gate.GatePolicy;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.engine.time.AllowedTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Questions of each kind, all due when they are asked. The content is rendered already: rendering
 * is not the gate's work.
 */
final class Touches {
  /** A Tuesday, noon in Denver and two in the afternoon in Miami. */
  static final Instant NOON = Instant.parse("2026-03-10T18:00:00Z");

  /** The same day, ten in the evening in Denver. */
  static final Instant EVENING = Instant.parse("2026-03-11T04:00:00Z");

  /** Slots of a business and channel in 60 minutes, as businesses have it by default. */
  static final int LIMIT = 100;

  private static final Content READY = new Content.Ready(1);
  private static final Recipient DENVER =
      new Recipient(
          "pat@customers.example",
          "+13035550123",
          List.of(ZoneId.of("America/Denver")),
          "address",
          "US-CO");

  /** Address in Florida, which caps texts; number of Louisiana, which closes holidays. */
  private static final Recipient FLORIDA =
      new Recipient(
          "pat@customers.example",
          "+15045550123",
          List.of(ZoneId.of("America/New_York"), ZoneId.of("America/Chicago")),
          "address and phone",
          "US-FL");

  private static final GatePolicy POLICY =
      new GatePolicy(
          AllowedTimes.of(BusinessSettings.DEFAULT_QUIET_HOURS, null),
          LIMIT,
          LIMIT,
          GatePolicy.DEFAULT_MAXIMUM_LATENESS,
          GatePolicy.DEFAULT_MAXIMUM_SEGMENTS,
          Duration.ZERO,
          GatePolicy.DEFAULT_SLOT_GRACE,
          GatePolicy.DEFAULT_HELD_RECHECK);

  private Touches() {}

  /** A text that may leave at noon, and may not in the evening. */
  static Asked text(int business, Instant now) {
    return asked(business, now, null, DENVER, List.of());
  }

  /** Its enrollment was stopped. */
  static Asked stopped(int business) {
    return asked(business, NOON, StopReason.REPLIED, DENVER, List.of());
  }

  /** Two states' law, and two of Florida's three texts in 24 hours sent already. */
  static Asked toFlorida(int business) {
    return asked(
        business,
        NOON,
        null,
        FLORIDA,
        List.of(NOON.minus(Duration.ofHours(3)), NOON.minus(Duration.ofHours(20))));
  }

  private static Asked asked(
      int business,
      Instant now,
      @Nullable StopReason stopped,
      Recipient recipient,
      List<Instant> texts) {
    GateFacts facts =
        new GateFacts(
            true,
            CampaignStanding.ACTIVE,
            stopped,
            recipient,
            null,
            true,
            new Touch(Channel.SMS, now, now, 0, null, now.minus(Duration.ofHours(2))),
            () -> READY,
            null,
            () -> false,
            texts);
    return new Asked(facts, POLICY, business, now);
  }
}
