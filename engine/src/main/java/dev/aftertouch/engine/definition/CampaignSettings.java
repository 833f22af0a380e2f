package dev.aftertouch.engine.definition;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a campaign behaves (CB-03).
 *
 * @param maximumEnrollments null means no limit
 * @param businessHours touches leave only inside them; null means the quiet hours alone decide
 * @param purpose null means the one of the campaign's kind: {@link Purpose#of(CampaignDefinition)}
 */
public record CampaignSettings(
    @Nullable String description,
    @Nullable Goal goal,
    Reenrollment reenrollment,
    EnrollmentMode enrollment,
    PauseMode pauseMode,
    @Nullable Integer maximumEnrollments,
    @Nullable BusinessHours businessHours,
    @Nullable Purpose purpose) {

  /** The settings of a campaign that says nothing of them. */
  public static final CampaignSettings DEFAULTS =
      new CampaignSettings(
          null,
          null,
          new Reenrollment(true, 30),
          EnrollmentMode.AUTOMATIC,
          PauseMode.STOP,
          null,
          null,
          null);

  /** What the campaign is to achieve. */
  public record Goal(GoalType type, int target) {}

  /** Kinds of goal. */
  public enum GoalType {
    APPOINTMENTS,
    DEALS,
    REVIEWS,
    ENGAGEMENT
  }

  /**
   * Whether a customer may be enrolled again, and how many days (24 hours each) after the last
   * enrolling at the earliest.
   */
  public record Reenrollment(boolean allowed, int afterDays) {}

  /** Whether triggers enroll by themselves. */
  public enum EnrollmentMode {
    AUTOMATIC,
    MANUAL
  }

  /**
   * Hours in which touches may leave, half-open {@code [start, end)}, in the recipient's zone
   * unless one is named.
   */
  public record BusinessHours(
      LocalTime start, LocalTime end, Set<DayOfWeek> days, @Nullable String timeZone) {}
}
