package dev.aftertouch.enrollment.migrating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.local.infrastructure.Infrastructure;
import dev.aftertouch.local.infrastructure.ServiceDatabase;
import dev.aftertouch.local.infrastructure.SharedInfrastructure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A database that has lived with version 14 and has rows. */
class MigrationsTest {
  private static final Infrastructure REAL = SharedInfrastructure.get();

  private final ServiceDatabase database = REAL.createDatabase("enrollment");

  @Test
  void completeDueRowsAndRemoveThoseOfNobody() throws SQLException {
    migrate("14");
    try (Connection all =
            DriverManager.getConnection(database.url(), "postgres", REAL.superuserPassword());
        Statement statement = all.createStatement()) {
      statement.execute(
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

      migrate("latest");

      assertThat(
              rows(
                  statement,
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
              rows(
                  statement,
                  """
                  SELECT relname FROM pg_class
                  WHERE relname IN ('due_touches', 'enrollments') AND relforcerowsecurity ORDER BY 1
                  """))
          .containsExactly("due_touches", "enrollments");
    }
  }

  private void migrate(String target) {
    Flyway.configure()
        .dataSource(database.url(), database.owner().user(), database.owner().password())
        .locations("classpath:db/outbox", "classpath:db/migration")
        .placeholders(
            Map.of(
                "owner", database.owner().user(),
                "app", database.app().user(),
                "worker", database.worker().user(),
                "report", database.report().user()))
        .target(target)
        .load()
        .migrate();
  }

  private static List<String> rows(Statement statement, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }
}
