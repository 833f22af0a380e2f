package dev.aftertouch.engine.gate;

import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.definition.CampaignSettings.BusinessHours;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.time.AllowedTimes;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The rules' settings. Immutable; make one per business and campaign version and keep it.
 *
 * @param maximumLateness a touch that is longer overdue than this is skipped, so an outage does not
 *     end in a burst
 * @param maximumSegments most segments of one text message
 * @param minimumGap least time between two touches to one customer; zero means none
 * @param slotGrace how long after its time a reserved pacing slot may still be used; see {@link
 *     #DEFAULT_SLOT_GRACE}
 * @param heldRecheck how long a touch waits before it is asked again whose campaign is held, whose
 *     customer's text is in review or whose enrollment's click is in doubt
 */
public record GatePolicy(
    AllowedTimes times,
    int emailsPerHour,
    int textsPerHour,
    Duration maximumLateness,
    int maximumSegments,
    Duration minimumGap,
    Duration slotGrace,
    Duration heldRecheck) {

  /** Three days. */
  public static final Duration DEFAULT_MAXIMUM_LATENESS = Duration.ofHours(72);

  /** Six segments. */
  public static final int DEFAULT_MAXIMUM_SEGMENTS = 6;

  /**
   * Five minutes. Long enough that a touch with a slot is not sent to the end of the queue by a
   * busy dispatcher, a restart or the sweeper of due touches; short enough that an outage does not
   * end in a burst, for all slots that passed in it could otherwise be used at once.
   */
  public static final Duration DEFAULT_SLOT_GRACE = Duration.ofMinutes(5);

  /** A quarter of an hour. */
  public static final Duration DEFAULT_HELD_RECHECK = Duration.ofMinutes(15);

  /**
   * For a business that is not known: legal hours and nothing sent; every touch is skipped for that
   * reason anyway.
   */
  public static final GatePolicy CLOSED = defaults(AllowedTimes.LEGAL, 0, 0);

  /**
   * The policy of a business, tightened by a campaign's business hours when it has them.
   *
   * @throws IllegalArgumentException for settings that {@link AllowedTimes#of} refuses
   */
  public static GatePolicy of(BusinessSettings business, @Nullable BusinessHours campaignHours) {
    return defaults(
            AllowedTimes.of(business.quietHours(), campaignHours),
            business.pacing().emailsPerHour(),
            business.pacing().textsPerHour())
        .withMinimumGap(business.minimumGap());
  }

  /** The same with that least time between two touches. */
  public GatePolicy withMinimumGap(Duration gap) {
    return new GatePolicy(
        times,
        emailsPerHour,
        textsPerHour,
        maximumLateness,
        maximumSegments,
        gap,
        slotGrace,
        heldRecheck);
  }

  /** The same with that most lateness. */
  public GatePolicy withMaximumLateness(Duration lateness) {
    return new GatePolicy(
        times,
        emailsPerHour,
        textsPerHour,
        lateness,
        maximumSegments,
        minimumGap,
        slotGrace,
        heldRecheck);
  }

  /** The same with slots that are good for that long after their time. */
  public GatePolicy withSlotGrace(Duration grace) {
    return new GatePolicy(
        times,
        emailsPerHour,
        textsPerHour,
        maximumLateness,
        maximumSegments,
        minimumGap,
        grace,
        heldRecheck);
  }

  /**
   * Whether a touch that leaves at that instant uses the slot that was reserved for it: it has
   * come, and its grace is not over. Else it needs another.
   */
  public boolean uses(@Nullable Instant reservedSlot, Instant now) {
    return reservedSlot != null
        && !reservedSlot.isAfter(now)
        && !reservedSlot.plus(slotGrace).isBefore(now);
  }

  /** Most sends of a channel in any 60 minutes. */
  public int limit(Channel channel) {
    return switch (channel) {
      case EMAIL -> emailsPerHour;
      case SMS -> textsPerHour;
    };
  }

  private static GatePolicy defaults(AllowedTimes times, int emailsPerHour, int textsPerHour) {
    return new GatePolicy(
        times,
        emailsPerHour,
        textsPerHour,
        DEFAULT_MAXIMUM_LATENESS,
        DEFAULT_MAXIMUM_SEGMENTS,
        Duration.ZERO,
        DEFAULT_SLOT_GRACE,
        DEFAULT_HELD_RECHECK);
  }
}
