package dev.aftertouch.dispatch.migrating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.local.infrastructure.SharedInfrastructure;
import dev.aftertouch.local.testing.MigratedDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that has lived with version 4 and has rows. */
class MigrationsTest {
  private MigratedDatabase database;

  @BeforeEach
  void create() throws SQLException {
    database =
        MigratedDatabase.of(
            SharedInfrastructure.get(),
            "dispatch",
            "classpath:db/outbox",
            "classpath:db/migration");
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  @Test
  void takeAlongTheRowsThatWereThere() throws SQLException {
    database.migrate("4");
    database.execute(
        """
        INSERT INTO businesses (business_id, revision, name, settings)
        VALUES ('00000000-0000-4000-8000-00000000000a', 1, 'Old', '{}');
        INSERT INTO suppressions (business_id, channel, address_hash, reason, source, since, lifted_at)
        SELECT '00000000-0000-4000-8000-00000000000a', 'email', sha256(reason::bytea), reason, 'resend', '2026-01-01Z', NULL
        FROM unnest(ARRAY['opted_out', 'bounced', 'complained', 'manual', 'blocked_by_provider']) reason;
        INSERT INTO link_hits (business_id, attempt_id, link, hit_at, method, verdict, reasons)
        SELECT '00000000-0000-4000-8000-00000000000a', gen_random_uuid(), 0, '2026-01-02 03:04:05Z', 'GET', verdict, ''
        FROM unnest(ARRAY['human', 'bot', 'suspect']) verdict;
        INSERT INTO unknown_attempts (business_id, attempt_id, touch_id, provider, resolution, reason, resolved_at)
        VALUES ('00000000-0000-4000-8000-00000000000a', gen_random_uuid(), gen_random_uuid(), 'twilio', 'rejected', 'callback', now());
        """);

    database.migrate("latest");

    assertThat(database.rows("SELECT reason FROM suppressions ORDER BY 1"))
        .containsExactly("blocked_by_provider", "bounced", "complained", "manual", "opted_out");
    assertThat(
            database.rows(
                """
                SELECT verdict || ' ' || place || ' ' || version || ' ' || settled || ' ' || (received_at = hit_at)
                FROM link_hits ORDER BY 1
                """))
        .containsExactly(
            "bot link 1 true true", "human link 1 true true", "suspect link 1 true true");
    assertThat(database.rows("SELECT resolution FROM unknown_attempts"))
        .containsExactly("rejected");
    assertThat(
            database.rows(
                """
                SELECT relname FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname = 'link_hits' AND relforcerowsecurity
                """))
        .containsExactly("link_hits");
  }

  @Test
  void turnFrozenMessagesIntoBundles() throws SQLException {
    database.migrate("11");
    database.execute(
        """
        INSERT INTO payloads (business_id, attempt_id, touch_id, body, link_names, link_targets, written_at)
        VALUES ('00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000c',
                '00000000-0000-4000-8000-00000000000b', 'Hi', '{review}', '{http://é}', '2026-01-02 03:04:05Z'),
               ('00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000d',
                '00000000-0000-4000-8000-00000000000b', '', '{}', '{}', '2026-01-02 03:04:05Z');
        """);

    database.migrate("latest");

    assertThat(
            database.rows(
                "SELECT bundle_id || ' ' || touches::text || ' ' || encode(content, 'hex') FROM bundles ORDER BY 1"))
        .containsExactly(
            "00000000-0000-4000-8000-00000000000c {00000000-0000-4000-8000-00000000000b}"
                + " 00000000010000000000004000800000000000000c0000000000004000800000000000000b"
                + "000000024869000000010000000672657669657700000009687474703a2f2fc3a9",
            "00000000-0000-4000-8000-00000000000d {00000000-0000-4000-8000-00000000000b}"
                + " 00000000010000000000004000800000000000000d0000000000004000800000000000000b"
                + "0000000000000000");
    assertThat(database.rows("SELECT attempt_id FROM earlier_attempts ORDER BY 1"))
        .containsExactly(
            "00000000-0000-4000-8000-00000000000c", "00000000-0000-4000-8000-00000000000d");
  }

  @Test
  void noteClaimsThatAreOpen() throws SQLException {
    database.migrate("14");
    database.execute(
        """
        INSERT INTO touches (business_id, touch_id, enrollment_id, campaign_id, version, customer_id, step_id, number, channel, round,
          scheduled_at, due_at, state, reason, evidence, first_decided_at, decided_at, attempt_id, provider, payload_hash, claimed_at,
          deadline)
        SELECT ('00000000-0000-4000-8000-00000000000' || n)::uuid, ('00000000-0000-4000-8000-00000000001' || n)::uuid,
          gen_random_uuid(), gen_random_uuid(), 1, gen_random_uuid(), 'text', 1, 'sms', 0, now(), now(),
          (ARRAY['claimed', 'claimed', 'accepted'])[n], 'allowed', '{}', now(), now(), gen_random_uuid(), 'twilio', '\\x00',
          '2026-01-02 03:04:05Z', '2026-01-02 03:04:50Z'
        FROM generate_series(1, 3) n;
        """);

    database.migrate("latest");

    assertThat(
            database.rows(
                """
                SELECT k::text || ' ' || (f.claimed_at = '2026-01-02 03:04:05Z')
                FROM claims_in_flight f CROSS JOIN LATERAL unnest(f.businesses, f.touches) AS k ORDER BY 1
                """))
        .containsExactly(
            "(00000000-0000-4000-8000-000000000001,00000000-0000-4000-8000-000000000011) true",
            "(00000000-0000-4000-8000-000000000002,00000000-0000-4000-8000-000000000012) true");
  }
}
