package dev.aftertouch.dispatch.links;

import dev.aftertouch.dispatch.messages.SentMessage;
import dev.aftertouch.engine.inbound.Click;
import dev.aftertouch.engine.inbound.Click.Judgement;
import dev.aftertouch.engine.inbound.Click.Place;
import dev.aftertouch.engine.inbound.Click.Verdict;
import dev.aftertouch.engine.inbound.ClickRules;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every request for one of our addresses, as it came, with what the newest rules say of it; and
 * feedback as it was written. A request itself is never changed, only its judgement.
 */
final class LinkHits {
  private static final int LONGEST_AGENT = 400;

  /**
   * A stored request.
   *
   * @param hitAt business time
   */
  record Hit(UUID business, UUID id, UUID attempt, Instant hitAt, Click click, Verdict verdict) {}

  private static final String COLUMNS =
      "business_id, hit_id, attempt_id, hit_at, place, link, method, user_agent, purpose, received_at, verdict";

  private final JdbcClient jdbc;

  LinkHits(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Real time, as in {@link Click#at}. */
  Instant now() {
    return jdbc.sql("SELECT now()").query(Timestamp.class).single().toInstant();
  }

  /** What the rules ask of the message. */
  Click.Message about(SentMessage message) {
    Instant handedOver =
        jdbc.sql(
                """
                SELECT claimed_at FROM touches
                WHERE business_id = :business AND touch_id = :touch AND attempt_id = :attempt AND claimed_at IS NOT NULL
                """)
            .param("business", message.business())
            .param("touch", message.touch())
            .param("attempt", message.attempt())
            .query(Timestamp.class)
            .optional()
            .map(Timestamp::toInstant)
            .orElse(null);
    boolean hasOthers =
        switch (message.channel()) {
          case EMAIL -> true;
          case SMS -> message.linkTargets().size() > 1;
        };
    return new Click.Message(handedOver, hasOthers);
  }

  /** Keeps a request and what is said of it; returns its id. */
  UUID add(SentMessage message, Click click, Judgement judgement, Instant hitAt) {
    boolean erased = message.address() == null;
    return jdbc.sql(
            """
            INSERT INTO link_hits (business_id, attempt_id, place, link, hit_at, received_at, method, user_agent, purpose,
                                   verdict, reasons, settled, version)
            VALUES (:business, :attempt, :place, :link, :hitAt, :receivedAt, :method, :agent, :purpose,
                    :verdict, :reasons, :settled, :version)
            RETURNING hit_id
            """)
        .param("business", message.business())
        .param("attempt", message.attempt())
        .param("place", code(click.place()))
        .param("link", click.link())
        .param("hitAt", hitAt.atOffset(ZoneOffset.UTC))
        .param("receivedAt", click.at().atOffset(ZoneOffset.UTC))
        .param("method", click.method())
        .param("agent", erased ? null : cut(click.userAgent()))
        .param("purpose", erased ? null : cut(click.purpose()))
        .param("verdict", code(judgement.verdict()))
        .param("reasons", String.join(",", judgement.reasons()))
        .param("settled", judgement.verdict() != Verdict.SUSPECT)
        .param("version", ClickRules.VERSION)
        .query(UUID.class)
        .single();
  }

  /** All requests for the message's addresses so far, but that one. */
  List<Click> others(UUID business, UUID attempt, @Nullable UUID hit) {
    return jdbc
        .sql(
            "SELECT "
                + COLUMNS
                + """
                 FROM link_hits
                WHERE business_id = :business AND attempt_id = :attempt AND (:hit::uuid IS NULL OR hit_id <> :hit::uuid)
                """)
        .param("business", business)
        .param("attempt", attempt)
        .param("hit", hit == null ? null : hit.toString())
        .query((row, number) -> read(row))
        .list()
        .stream()
        .map(Hit::click)
        .toList();
  }

  /** Some that are in doubt and that old, oldest first, locked against other instances. */
  List<Hit> unsettled(Duration age, int limit) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + """
                 FROM link_hits
                WHERE NOT settled AND received_at <= now() - make_interval(secs => :age)
                ORDER BY received_at LIMIT :limit FOR UPDATE SKIP LOCKED
                """)
        .param("age", age.toMillis() / 1000.0)
        .param("limit", limit)
        .query((row, number) -> read(row))
        .list();
  }

  /** Some that older rules judged for good, locked against other instances. */
  List<Hit> outdated(int limit) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + """
                 FROM link_hits WHERE version < :version AND settled
                ORDER BY version LIMIT :limit FOR UPDATE SKIP LOCKED
                """)
        .param("version", ClickRules.VERSION)
        .param("limit", limit)
        .query((row, number) -> read(row))
        .list();
  }

  /** Writes down what the newest rules say of it for good. */
  void settle(Hit hit, Judgement judgement) {
    jdbc.sql(
            """
            UPDATE link_hits SET verdict = :verdict, reasons = :reasons, settled = true, version = :version
            WHERE business_id = :business AND hit_id = :hit
            """)
        .param("verdict", code(judgement.verdict()))
        .param("reasons", String.join(",", judgement.reasons()))
        .param("version", ClickRules.VERSION)
        .param("business", hit.business())
        .param("hit", hit.id())
        .update();
  }

  /** Keeps what a customer wrote. */
  UUID addFeedback(SentMessage message, String comment, Instant at) {
    return jdbc.sql(
            """
            INSERT INTO feedback (business_id, attempt_id, enrollment_id, customer_id, comment, submitted_at)
            VALUES (:business, :attempt, :enrollment, :customer, :comment, :at)
            RETURNING feedback_id
            """)
        .param("business", message.business())
        .param("attempt", message.attempt())
        .param("enrollment", message.enrollment())
        .param("customer", message.customer())
        .param("comment", comment)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .query(UUID.class)
        .single();
  }

  private static Hit read(ResultSet row) throws SQLException {
    return new Hit(
        row.getObject("business_id", UUID.class),
        row.getObject("hit_id", UUID.class),
        row.getObject("attempt_id", UUID.class),
        row.getTimestamp("hit_at").toInstant(),
        new Click(
            Place.valueOf(row.getString("place").toUpperCase(Locale.ROOT)),
            row.getInt("link"),
            row.getString("method"),
            row.getString("user_agent"),
            row.getString("purpose"),
            row.getTimestamp("received_at").toInstant()),
        Verdict.valueOf(row.getString("verdict").toUpperCase(Locale.ROOT)));
  }

  private static String code(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String cut(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String printable = text.replace('\0', ' ');
    return printable.length() <= LONGEST_AGENT ? printable : printable.substring(0, LONGEST_AGENT);
  }
}
