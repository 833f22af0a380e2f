package dev.aftertouch.dispatch.forgetting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.service.retention.Retention;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class RetentionTest extends DispatchGround {
  @Autowired private Retention retention;

  private final UUID business = UUID.randomUUID();

  @Test
  void emptiesWorkedInWebhooksAfterADayAndRemovesThemAfterAMonth() {
    webhook("young", Duration.ofHours(23), true);
    webhook("emptied", Duration.ofHours(25), true);
    webhook("gone", Duration.ofDays(31), true);
    webhook("waiting", Duration.ofDays(31), false);

    retention.pass();

    assertThat(
            texts(
                """
                SELECT event_id || ' ' || convert_from(body, 'UTF8') FROM webhook_inbox
                WHERE endpoint = :business::text ORDER BY 1
                """))
        .containsExactly("emptied ", "waiting said", "young said");
    jdbcUpdate("DELETE FROM webhook_inbox WHERE endpoint = :business::text", Duration.ZERO);
  }

  @Test
  void forgetsWhichProgramAskedForALinkAndMuchLaterThatAnybodyDid() {
    hit("young", Duration.ofDays(89), true);
    hit("old", Duration.ofDays(91), true);
    hit("gone", Duration.ofDays(401), true);
    hit("in doubt", Duration.ofDays(401), false);

    retention.pass();

    assertThat(
            texts(
                """
                SELECT reasons || ' ' || coalesce(user_agent, '-') FROM link_hits
                WHERE business_id = :business::uuid ORDER BY 1
                """))
        .containsExactly("in doubt -", "old -", "young Browser");
  }

  @Test
  void removesFrozenMessagesWhenTheyAreDueInWhateverStepTheyAreFound() {
    for (int i = 0; i < 1_200; i++) {
      payload(Duration.ofDays(i % 2 == 0 ? 401 : 399));
    }

    retention.pass();

    assertThat(
            texts(
                "SELECT (written_at::date - '2026-06-09'::date)::text FROM bundles WHERE business_id = :business::uuid"))
        .hasSize(600)
        .containsOnly("-399");
  }

  @Test
  void emptiesTextsInDoubtLongAfterTheyWereDecided() {
    review("open", null);
    review("young", Duration.ofDays(399));
    review("old", Duration.ofDays(401));

    retention.pass();

    assertThat(
            texts(
                "SELECT rule || ' ' || coalesce(body, '-') FROM reviews WHERE business_id = :business::uuid ORDER BY 1"))
        .containsExactly("old -", "open words", "young words");
  }

  private void webhook(String event, Duration age, boolean processed) {
    jdbcUpdate(
        """
        INSERT INTO webhook_inbox (provider, endpoint, event_id, kind, received_at, query, body, processed_at, next_try_at)
        VALUES ('twilio', :business::text, '%s', 'twilio_status', :at, 'q', 'said', %s, 'infinity')
        """
            .formatted(event, processed ? "now()" : "NULL"),
        age);
  }

  private void hit(String name, Duration age, boolean settled) {
    jdbcUpdate(
        """
        INSERT INTO link_hits (business_id, attempt_id, link, hit_at, received_at, method, user_agent, verdict, reasons, settled,
                               version)
        VALUES (:business::uuid, gen_random_uuid(), 0, :at, 'infinity', 'GET', 'Browser', '%s', '%s', %s, 99)
        """
            .formatted(settled ? "human" : "suspect", name, settled),
        age);
  }

  private void payload(Duration age) {
    jdbcUpdate(
        """
        INSERT INTO bundles (business_id, bundle_id, touches, content, written_at)
        VALUES (:business::uuid, gen_random_uuid(), ARRAY[gen_random_uuid()], 'x', :at)
        """,
        age);
  }

  private void review(String name, @org.jspecify.annotations.Nullable Duration decided) {
    jdbcUpdate(
        """
        INSERT INTO reviews (business_id, address_key, address, body, rule, version, received_at, decision, decided_by, decided_at)
        VALUES (:business::uuid, sha256('x'), '+1', 'words', '%s', 1, :at, %s, %s, %s)
        """
            .formatted(
                name,
                decided == null ? "NULL" : "'go_on'",
                decided == null ? "NULL" : "'Pat'",
                decided == null ? "NULL" : ":at"),
        decided == null ? Duration.ofDays(500) : decided);
  }

  private void jdbcUpdate(String sql, Duration age) {
    tenancy.asWorker(
        () ->
            jdbc.sql(sql)
                .param("business", business.toString())
                .param("at", NOON.minus(age).atOffset(ZoneOffset.UTC))
                .update());
  }

  private List<String> texts(String sql) {
    return tenancy.asWorker(
        () -> jdbc.sql(sql).param("business", business.toString()).query(String.class).list());
  }
}
