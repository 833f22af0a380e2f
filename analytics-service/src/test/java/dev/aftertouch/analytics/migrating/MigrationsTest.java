package dev.aftertouch.analytics.migrating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftertouch.local.infrastructure.SharedInfrastructure;
import dev.aftertouch.local.testing.MigratedDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrationsTest {
  private MigratedDatabase database;

  @BeforeEach
  void create() throws SQLException {
    database =
        MigratedDatabase.of(SharedInfrastructure.get(), "analytics", "classpath:db/migration");
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  /** Touch 1 sent, 2 sent in two rounds, 3 sent so long ago that its line is gone, 4 held. */
  @Test
  void moveWhatWasSentFromTheTimelineToItsTouch() throws SQLException {
    database.migrate("8");
    database.execute(
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

    database.migrate("latest");

    assertThat(
            database.rows(
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
    assertThat(database.rows("SELECT kind FROM timeline ORDER BY occurred_at"))
        .containsExactly("enrolled", "held");
    assertThat(
            database.rows(
                "SELECT concat_ws(' ', kind, number, channel, round, details) FROM timeline_lines ORDER BY occurred_at"))
        .containsExactly(
            "enrolled email {}",
            "sent 1 sms 0 {\"payload_hash\":\"1f\",\"provider\":\"twilio\",\"segments\":\"2\",\"step_id\":\"a\"}",
            "sent 2 email 0 {\"payload_hash\":\"2f\",\"provider\":\"resend\",\"step_id\":\"b\"}",
            "held 4 email 0 {\"step_id\":\"d\"}");
    assertThat(
            database.rows(
                """
                SELECT relname FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relname IN ('touches', 'timeline') AND relforcerowsecurity
                ORDER BY 1
                """))
        .containsExactly("timeline", "touches");
    assertThatThrownBy(() -> database.execute("UPDATE timeline SET kind = 'sent'"))
        .hasMessageContaining("timeline_kind_check");
  }
}
