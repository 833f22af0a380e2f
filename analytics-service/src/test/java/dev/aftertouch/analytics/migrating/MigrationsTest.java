package dev.aftertouch.analytics.migrating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class MigrationsTest {
  private static final Infrastructure REAL = SharedInfrastructure.get();

  private final ServiceDatabase database = REAL.createDatabase("analytics");

  /** Touch 1 sent, 2 sent in two rounds, 3 sent so long ago that its line is gone, 4 held. */
  @Test
  void moveWhatWasSentFromTheTimelineToItsTouch() throws SQLException {
    migrate("8");
    try (Connection all =
            DriverManager.getConnection(database.url(), "postgres", REAL.superuserPassword());
        Statement statement = all.createStatement()) {
      statement.execute(
          """
          INSERT INTO touches (business_id, enrollment_id, number, campaign_id, version, channel, deferrals, sent_at)
          SELECT '00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b', number,
                 '00000000-0000-4000-8000-00000000000c', 1, channel, 0, sent::timestamptz
          FROM (VALUES (1, 'sms', '2026-03-01 12:00Z'), (2, 'email', '2026-03-02 12:00Z'), (3, 'sms', '2023-03-01Z'),
                       (4, 'email', NULL)) AS t (number, channel, sent);
          INSERT INTO timeline (business_id, enrollment_id, fact_id, occurred_at, kind, number, channel, round, reason, until, details)
          SELECT '00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b', gen_random_uuid(),
                 at::timestamptz, kind, number, 'email', round, reason, until::timestamptz, details::json
          FROM (VALUES
            ('enrolled', NULL::int, NULL::int, '2026-03-01Z', NULL, NULL, '{}'),
            ('sent', 1, 0, '2026-03-01 12:00Z', NULL, NULL,
             '{"payload_hash":"1f","provider":"twilio","segments":"2","step_id":"a"}'),
            ('sent', 2, 1, '2026-03-02 13:00Z', NULL, NULL, '{"payload_hash":"2e","provider":"smtp","step_id":"b"}'),
            ('sent', 2, 0, '2026-03-02 12:00Z', NULL, NULL, '{"payload_hash":"2f","provider":"resend","step_id":"b"}'),
            ('held', 4, 0, '2026-03-03Z', 'quiet_hours', '2026-03-04Z', '{"step_id":"d"}')
          ) AS l (kind, number, round, at, reason, until, details);
          """);

      migrate("latest");

      assertThat(
              rows(
                  statement,
                  """
                  SELECT concat_ws(' ', number, sent_at AT TIME ZONE 'UTC', sent_round, sent_segments, sent_step_id, sent_provider,
                                   sent_payload_hash)
                  FROM touches ORDER BY number
                  """))
          .containsExactly(
              "1 2026-03-01 12:00:00 0 2 a twilio 1f",
              "2 2026-03-02 12:00:00 0 b resend 2f",
              "3 2023-03-01 00:00:00",
              "4");
      assertThat(rows(statement, "SELECT kind FROM timeline ORDER BY occurred_at"))
          .containsExactly("enrolled", "held");
      assertThat(
              rows(
                  statement,
                  "SELECT concat_ws(' ', kind, number, channel, round, details) FROM timeline_lines ORDER BY occurred_at"))
          .containsExactly(
              "enrolled email {}",
              "sent 1 sms 0 {\"payload_hash\":\"1f\",\"provider\":\"twilio\",\"segments\":\"2\",\"step_id\":\"a\"}",
              "sent 2 email 0 {\"payload_hash\":\"2f\",\"provider\":\"resend\",\"step_id\":\"b\"}",
              "held 4 email 0 {\"step_id\":\"d\"}");
      assertThat(
              rows(
                  statement,
                  """
                  SELECT relname FROM pg_class
                  WHERE relnamespace = 'public'::regnamespace AND relname IN ('touches', 'timeline') AND relforcerowsecurity
                  ORDER BY 1
                  """))
          .containsExactly("timeline", "touches");
      assertThatThrownBy(() -> statement.execute("UPDATE timeline SET kind = 'sent'"))
          .hasMessageContaining("timeline_kind_check");
    }
  }

  private void migrate(String target) {
    Flyway.configure()
        .dataSource(database.url(), database.owner().user(), database.owner().password())
        .placeholders(
            Map.of(
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
