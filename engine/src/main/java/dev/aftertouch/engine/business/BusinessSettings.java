package dev.aftertouch.engine.business;

import dev.aftertouch.engine.definition.ServiceType;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a business wants its customers followed up.
 *
 * @param timeZone IANA zone of the business
 * @param country ISO 3166-1 alpha-2, the default for phone numbers and addresses
 * @param timings first-touch delay per service type, overriding the campaign's (MT-11)
 * @param cooldown least time between two enrollments of one customer (MT-10)
 * @param maximumJobAge a job completed longer ago is not followed up
 * @param minimumGap least time between two touches to one customer, whatever their channel and
 *     campaign; zero means none
 * @param onUnknown what follows where nobody can tell whether a touch was sent
 */
public record BusinessSettings(
    String timeZone,
    String country,
    @Nullable String postalAddress,
    Sender sender,
    Links links,
    QuietHours quietHours,
    Pacing pacing,
    Map<ServiceType, Duration> timings,
    Duration cooldown,
    Duration maximumJobAge,
    Duration minimumGap,
    OnUnknown onUnknown) {

  /**
   * Who the messages come from. A channel without its address is not configured: its touches are
   * skipped (CB-13).
   */
  public record Sender(
      String userName,
      @Nullable String email,
      @Nullable String replyTo,
      @Nullable String phone,
      EmailProvider emailProvider) {}

  /** Which provider takes the e-mails. */
  public enum EmailProvider {
    RESEND,
    SMTP
  }

  /**
   * What follows on an attempt whose answer was lost, at a provider that takes a repeat for a new
   * message, once neither its callbacks nor its list of messages has told what became of it.
   */
  public enum OnUnknown {
    /** Nothing: the customer gets the touch once at most, and perhaps not at all. */
    ASSUME_SENT,
    /** One more attempt, never a second: the customer may get the touch twice. */
    RESEND_ONCE
  }

  /** Where the customer is led. */
  public record Links(
      @Nullable String review, @Nullable String booking, @Nullable String calendar) {}

  /**
   * No touch leaves in {@code [start, end)} of the recipient's day; start may lie after end.
   * Stricter than the law only.
   */
  public record QuietHours(LocalTime start, LocalTime end) {}

  /** Most sends in any 60 minutes, by channel (MT-09). */
  public record Pacing(int emailsPerHour, int textsPerHour) {}

  /** 21:00 to 08:00. */
  public static final QuietHours DEFAULT_QUIET_HOURS =
      new QuietHours(LocalTime.of(21, 0), LocalTime.of(8, 0));

  /** 100 an hour and channel. */
  public static final Pacing DEFAULT_PACING = new Pacing(100, 100);

  /** 30 days. */
  public static final Duration DEFAULT_COOLDOWN = Duration.ofDays(30);

  /** 14 days. */
  public static final Duration DEFAULT_MAXIMUM_JOB_AGE = Duration.ofDays(14);

  /** None. */
  public static final Duration DEFAULT_MINIMUM_GAP = Duration.ZERO;

  /** At most once. */
  public static final OnUnknown DEFAULT_ON_UNKNOWN = OnUnknown.ASSUME_SENT;
}
