package dev.aftertouch.enrollment.migrating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.local.infrastructure.SharedInfrastructure;
import dev.aftertouch.local.testing.MigratedDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that has lived with version 14 and has rows. */
class MigrationsTest {
  private MigratedDatabase database;

  @BeforeEach
  void create() throws SQLException {
    database =
        MigratedDatabase.of(
            SharedInfrastructure.get(),
            "enrollment",
            "classpath:db/outbox",
            "classpath:db/migration");
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  @Test
  void completeDueRowsAndRemoveThoseOfNobody() throws SQLException {
    database.migrate("14");
    database.execute(
        """
        INSERT INTO enrollments (business_id, enrollment_id, campaign_id, version, customer_id, customer_revision, job_id, service_type,
          job_completed_at, job_value, source, status, stop_reason, step_id, round, scheduled_at, touches_completed, anchor,
          enrolled_at, ended_at)
        SELECT '00000000-0000-4000-8000-00000000000a', ('00000000-0000-4000-8000-00000000001' || n)::uuid,
          '00000000-0000-4000-8000-00000000000b', 2, '00000000-0000-4000-8000-00000000000c', 7, 'J-' || n, 'hvac',
          '2026-01-01Z', 129.5, 'automatic_trigger', CASE n WHEN 1 THEN 'active' ELSE 'stopped' END,
          CASE n WHEN 1 THEN NULL ELSE 'clicked' END, 'text', 1, '2026-01-02Z', 3, '2026-01-01Z', '2026-01-01Z',
          CASE n WHEN 1 THEN NULL ELSE '2026-01-03Z'::timestamptz END
        FROM generate_series(1, 2) n;
        INSERT INTO due_touches (business_id, enrollment_id, step_id, round, due_at)
        SELECT '00000000-0000-4000-8000-00000000000a', ('00000000-0000-4000-8000-00000000001' || n)::uuid, 'text', 1, '2026-01-04Z'
        FROM generate_series(1, 3) n;
        """);

    database.migrate("latest");

    assertThat(
            database.rows(
                """
                SELECT concat_ws(' ', enrollment_id, campaign_id, version, customer_id, customer_revision, job_id, service_type,
                  job_completed_at AT TIME ZONE 'UTC', job_value, touches_completed, step_id, round,
                  scheduled_at AT TIME ZONE 'UTC', due_at AT TIME ZONE 'UTC')
                FROM due_touches
                """))
        .containsExactly(
            "00000000-0000-4000-8000-000000000011 00000000-0000-4000-8000-00000000000b 2"
                + " 00000000-0000-4000-8000-00000000000c 7 J-1 hvac 2026-01-01 00:00:00 129.50 3 text 1"
                + " 2026-01-02 00:00:00 2026-01-04 00:00:00");
    assertThat(
            database.rows(
                """
                SELECT relname FROM pg_class
                WHERE relname IN ('due_touches', 'enrollments') AND relforcerowsecurity ORDER BY 1
                """))
        .containsExactly("due_touches", "enrollments");
  }
}
