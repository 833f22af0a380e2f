package dev.aftertouch.dispatch.settling;

import dev.aftertouch.dispatch.messages.Bundles;
import dev.aftertouch.dispatch.sending.ProviderName;
import dev.aftertouch.service.sql.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Attempts whose answer was lost, and what became of them. */
public final class UnknownAttempts {
  /**
   * One that is open.
   *
   * @param age since it became unknown, real time
   * @param address where it went; null after the customer's erasure
   * @param body the frozen bytes; null after the customer's erasure
   * @param frozenAt business time
   * @param resentBefore whether another attempt of the touch was followed by a new one
   */
  public record Open(
      StoredTouch.Key touch,
      UUID attempt,
      ProviderName provider,
      Duration age,
      @Nullable String address,
      byte @Nullable [] body,
      @Nullable Instant frozenAt,
      boolean resentBefore) {
    private Open with(Bundles.@Nullable Kept kept) {
      return kept == null
          ? this
          : new Open(
              touch,
              attempt,
              provider,
              age,
              address,
              kept.message().body(),
              kept.frozenAt(),
              resentBefore);
    }
  }

  /** How one ended by our own decision; the code is stable. */
  public enum Resolution {
    ASSUMED_SENT,
    RESENT;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final JdbcClient jdbc;
  private final Bundles bundles;

  UnknownAttempts(JdbcClient jdbc, Bundles bundles) {
    this.jdbc = jdbc;
    this.bundles = bundles;
  }

  /** Notes those of the touches that have just become unknown, in the same transaction. */
  void note(Collection<StoredTouch> ended) {
    List<StoredTouch> unknown =
        ended.stream().filter(touch -> touch.state() == TouchState.UNKNOWN).toList();
    if (unknown.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            INSERT INTO unknown_attempts (business_id, attempt_id, touch_id, provider)
            SELECT * FROM unnest(:businesses, :attempts, :touches, :providers)
            ON CONFLICT (business_id, attempt_id) DO NOTHING
            """)
        .param("businesses", Columns.uuids(unknown, touch -> touch.id().business()))
        .param("attempts", Columns.uuids(unknown, touch -> attempt(touch).id()))
        .param("touches", Columns.uuids(unknown, touch -> touch.id().touch()))
        .param("providers", Columns.texts(unknown, touch -> attempt(touch).provider().code()))
        .update();
  }

  private static StoredTouch.Attempt attempt(StoredTouch touch) {
    return Objects.requireNonNull(touch.attempt());
  }

  /** Takes some that may be looked at now; no other instance does before the pause is over. */
  public List<Open> take(int limit, Duration pause) {
    List<Open> taken =
        jdbc.sql(
                """
            WITH open AS MATERIALIZED (
              SELECT business_id, attempt_id FROM unknown_attempts
              WHERE resolution IS NULL AND next_look_at <= now()
              ORDER BY next_look_at LIMIT :limit FOR UPDATE SKIP LOCKED),
            taken AS (
              UPDATE unknown_attempts u SET next_look_at = now() + make_interval(secs => :pause)
              FROM open WHERE u.business_id = open.business_id AND u.attempt_id = open.attempt_id
              RETURNING u.business_id, u.attempt_id, u.touch_id, u.provider, extract(epoch FROM now() - u.since) AS age)
            SELECT taken.*, t.address,
                   EXISTS (SELECT 1 FROM unknown_attempts o WHERE o.business_id = taken.business_id
                           AND o.touch_id = taken.touch_id AND o.resolution = 'resent') AS resent_before
            FROM taken
            LEFT JOIN touches t ON t.business_id = taken.business_id AND t.touch_id = taken.touch_id
            """)
            .param("limit", limit)
            .param("pause", pause.toMillis() / 1000.0)
            .query(
                (row, number) ->
                    new Open(
                        new StoredTouch.Key(
                            row.getObject("business_id", UUID.class),
                            row.getObject("touch_id", UUID.class)),
                        row.getObject("attempt_id", UUID.class),
                        ProviderName.of(row.getString("provider")),
                        Duration.ofMillis((long) (row.getDouble("age") * 1000)),
                        row.getString("address"),
                        null,
                        null,
                        row.getBoolean("resent_before")))
            .list();
    Map<Bundles.Key, Bundles.Kept> kept =
        bundles.find(taken.stream().map(UnknownAttempts::key).toList());
    return taken.stream().map(one -> one.with(kept.get(key(one)))).toList();
  }

  private static Bundles.Key key(Open open) {
    return new Bundles.Key(open.touch().business(), open.attempt());
  }

  /** Looks at it again after that time. */
  public void waits(Open attempt, Duration pause) {
    jdbc.sql(
            """
            UPDATE unknown_attempts SET next_look_at = now() + make_interval(secs => :pause)
            WHERE business_id = :business AND attempt_id = :attempt
            """)
        .param("pause", pause.toMillis() / 1000.0)
        .param("business", attempt.touch().business())
        .param("attempt", attempt.attempt())
        .update();
  }

  /** Resolves it by our own decision; false when it was resolved before. */
  public boolean resolve(Open attempt, Resolution resolution, String reason) {
    return jdbc.sql(
                """
                UPDATE unknown_attempts SET resolution = :resolution, reason = :reason, resolved_at = now()
                WHERE business_id = :business AND attempt_id = :attempt AND resolution IS NULL
                """)
            .param("resolution", resolution.code())
            .param("reason", reason)
            .param("business", attempt.touch().business())
            .param("attempt", attempt.attempt())
            .update()
        > 0;
  }

  /** Locks it until the end of the transaction; false when it is resolved. */
  public boolean lock(Open attempt) {
    return jdbc.sql(
            """
            SELECT true FROM unknown_attempts
            WHERE business_id = :business AND attempt_id = :attempt AND resolution IS NULL FOR UPDATE
            """)
        .param("business", attempt.touch().business())
        .param("attempt", attempt.attempt())
        .query(Boolean.class)
        .optional()
        .isPresent();
  }

  /** The provider's word, which also replaces what we had assumed; never an earlier word. */
  boolean told(UUID business, UUID attempt, String reason, String messageId) {
    return jdbc.sql(
                """
                UPDATE unknown_attempts
                SET resolution = CASE WHEN resolution = 'resent' THEN resolution ELSE 'accepted' END,
                    reason = :reason, provider_message_id = :message, resolved_at = now()
                WHERE business_id = :business AND attempt_id = :attempt AND provider_message_id IS NULL
                """)
            .param("reason", reason)
            .param("message", messageId)
            .param("business", business)
            .param("attempt", attempt)
            .update()
        > 0;
  }

  /** Those of a provider's messages that are known to be of an attempt, of whatever business. */
  public List<String> claimed(ProviderName provider, Collection<String> messages) {
    return jdbc.sql(
            """
            SELECT provider_message_id FROM touches
            WHERE claimed_at > now() - interval '2 days' AND provider = :provider
              AND provider_message_id = ANY (:messages::text[])
            UNION
            SELECT provider_message_id FROM unknown_attempts
            WHERE since > now() - interval '2 days' AND provider_message_id = ANY (:messages::text[])
            """)
        .param("provider", provider.code())
        .param("messages", messages.toArray(String[]::new))
        .query(String.class)
        .list();
  }
}
