package dev.aftertouch.engine.gate;

import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.engine.law.Statutes;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the gate must know of one touch. Whatever could not be read is null or its closed value: an
 * unknown fact never lets a touch through.
 *
 * @param businessKnown whether the business and its settings have been seen
 * @param stopped why the enrollment was stopped; null while it runs
 * @param recipient null when the customer is unknown
 * @param suppressed code of the standing reason not to contact the address; null when there is
 *     none. {@link #IN_REVIEW}, {@link #CLICK_IN_DOUBT} and {@link #COMPLAINT_RATE} make the touch
 *     wait, all others end it
 * @param channelConfigured whether the business has a sender for the channel and the provider can
 *     be used (CB-13)
 * @param content asked only when everything before it allows the touch, so a touch that waits is
 *     not rendered
 * @param lastTouchSentAt when the customer was last sent a touch of this business, or may have
 *     been; asked only under a {@link GatePolicy#minimumGap}; null when never
 * @param expressConsent whether the recipient consented to the channel expressly and that has not
 *     ended; asked only when a law ends the consent of the job
 * @param textsOfADay when the customer was sent texts of this business in the last 24 hours, or may
 *     have been, latest first; asked only for a text whose recipient's law counts them
 */
public record GateFacts(
    boolean businessKnown,
    CampaignStanding campaign,
    @Nullable StopReason stopped,
    @Nullable Recipient recipient,
    @Nullable String suppressed,
    boolean channelConfigured,
    Touch touch,
    Supplier<Content> content,
    @Nullable Instant lastTouchSentAt,
    BooleanSupplier expressConsent,
    List<Instant> textsOfADay) {

  /** A text that may be an opt-out waits for a person to read it. */
  public static final String IN_REVIEW = "in_review";

  /** A click that may have ended the enrollment is not judged yet. */
  public static final String CLICK_IN_DOUBT = "click_in_doubt";

  /** Too many of the business's messages of the channel are unwanted. */
  public static final String COMPLAINT_RATE = "complaint_rate";

  /** Whether the campaign sends. */
  public enum CampaignStanding {
    /** It sends. */
    ACTIVE,
    /** It is paused and holds its enrollments: the touch waits. */
    HELD,
    /** It is paused, archived or deleted, or was never published. */
    NOT_ACTIVE,
    /** Not seen yet. */
    UNKNOWN
  }

  /**
   * To whom.
   *
   * @param zones every zone in which the recipient may be; empty counts as all of the United States
   * @param zoneEvidence what the zones rest on, in a word
   * @param region ISO 3166-2 code of the address's state or province, such as US-FL; null where it
   *     is not known
   */
  public record Recipient(
      @Nullable String email,
      @Nullable String phone,
      List<ZoneId> zones,
      String zoneEvidence,
      @Nullable String region) {

    /** The law of the states in which the recipient may be. */
    Statutes law(Channel channel) {
      return Statutes.of(channel, region, phone);
    }

    @Nullable String address(Channel channel) {
      return switch (channel) {
        case EMAIL -> email;
        case SMS -> phone;
      };
    }
  }

  /**
   * The touch itself.
   *
   * @param scheduledAt the planned time
   * @param dueAt when this round fell due; lateness counts from here
   * @param round 0 at first
   * @param reservedSlot the pacing slot that an earlier round was given; null when there is none
   * @param jobCompletedAt the purchase that the touch follows; null when it follows none
   */
  public record Touch(
      Channel channel,
      Instant scheduledAt,
      Instant dueAt,
      int round,
      @Nullable Instant reservedSlot,
      @Nullable Instant jobCompletedAt) {}

  /** What came of rendering. */
  public sealed interface Content {
    /**
     * Rendered.
     *
     * @param segments of a text message; 1 for an e-mail
     */
    record Ready(int segments) implements Content {}

    /** A variable has neither a value nor a default. */
    record Incomplete(String variable) implements Content {}
  }
}
