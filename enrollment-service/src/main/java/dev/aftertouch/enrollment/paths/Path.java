package dev.aftertouch.enrollment.paths;

import dev.aftertouch.engine.journey.EnrollmentState;
import dev.aftertouch.engine.journey.EnrollmentState.AwaitingOutcome;
import dev.aftertouch.engine.journey.EnrollmentState.Completed;
import dev.aftertouch.engine.journey.EnrollmentState.Stopped;
import dev.aftertouch.engine.journey.EnrollmentState.Waiting;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.enrollment.directory.FollowedVersion;
import dev.aftertouch.enrollment.directory.VersionKey;
import dev.aftertouch.enrollment.sql.Rows;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer's way through a campaign version, as stored.
 *
 * @param definitionId of what the version says; null where it was not noted
 * @param anchor what the first delay counts from
 * @param firstDelay the business's own first-touch delay where it overrode the campaign's
 * @param stepId where it stands, or stood when it ended
 */
public record Path(
    EnrollmentKey key,
    UUID campaignId,
    int version,
    @Nullable UUID definitionId,
    UUID customerId,
    @Nullable String jobId,
    @Nullable String serviceType,
    @Nullable Instant jobCompletedAt,
    @Nullable BigDecimal jobValue,
    Instant anchor,
    @Nullable Duration firstDelay,
    EnrollmentState state,
    String stepId,
    int round,
    int touchesCompleted) {

  /** The columns of enrollments {@code e} that {@link #read} expects, but for {@link #DUE_AT}. */
  public static final String COLUMNS =
      """
       e.business_id, e.enrollment_id, e.campaign_id, e.version, e.definition_id, e.customer_id, e.job_id, e.service_type, e.job_completed_at,
       e.job_value, e.anchor, e.first_delay_seconds, e.status, e.stop_reason, e.step_id, e.round, e.scheduled_at,
       e.touches_completed, e.ended_at
      """;

  /**
   * When the step of enrollment {@code e} falls due, as column {@code due_at}: an active enrollment
   * waits exactly while it has a due row, and awaits the outcome of its touch otherwise.
   */
  public static final String DUE_AT =
      """
       (SELECT d.due_at FROM due_touches d
        WHERE d.business_id = e.business_id AND d.enrollment_id = e.enrollment_id) AS due_at,
      """;

  /** The version that it follows to its end. */
  public VersionKey versionKey() {
    return new VersionKey(key.businessId(), campaignId, version);
  }

  /** The same, with what it says where that was noted. */
  public FollowedVersion followed() {
    return new FollowedVersion(versionKey(), definitionId);
  }

  /** Reads a row with {@link #COLUMNS} and {@code due_at}. */
  public static Path read(ResultSet row) throws SQLException {
    Long delay = row.getObject("first_delay_seconds", Long.class);
    return new Path(
        new EnrollmentKey(Rows.uuid(row, "business_id"), Rows.uuid(row, "enrollment_id")),
        Rows.uuid(row, "campaign_id"),
        row.getInt("version"),
        row.getObject("definition_id", UUID.class),
        Rows.uuid(row, "customer_id"),
        row.getString("job_id"),
        row.getString("service_type"),
        Rows.optionalInstant(row, "job_completed_at"),
        row.getBigDecimal("job_value"),
        Rows.instant(row, "anchor"),
        delay == null ? null : Duration.ofSeconds(delay),
        state(row),
        row.getString("step_id"),
        row.getInt("round"),
        row.getInt("touches_completed"));
  }

  private static EnrollmentState state(ResultSet row) throws SQLException {
    String status = row.getString("status");
    return switch (status) {
      case "active" -> active(row);
      case "completed" -> new Completed(Rows.instant(row, "ended_at"));
      case "stopped" ->
          new Stopped(
              StopReason.of(row.getString("stop_reason")).orElseThrow(),
              Rows.instant(row, "ended_at"));
      default -> throw new IllegalStateException("No such status: " + status);
    };
  }

  private static EnrollmentState active(ResultSet row) throws SQLException {
    String step = row.getString("step_id");
    Instant scheduledAt = Rows.instant(row, "scheduled_at");
    int round = row.getInt("round");
    Instant dueAt = Rows.optionalInstant(row, "due_at");
    return dueAt == null
        ? new AwaitingOutcome(step, scheduledAt, round)
        : new Waiting(step, scheduledAt, dueAt, round);
  }
}
