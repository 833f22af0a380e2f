package dev.aftertouch.dispatch.links;

import dev.aftertouch.dispatch.messages.SentMessage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every request for a tracked link, as it came, and feedback as it was written. */
final class LinkHits {
  private static final int LONGEST_AGENT = 400;

  private final JdbcClient jdbc;

  LinkHits(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps a hit; returns its id. */
  UUID add(
      SentMessage message,
      int link,
      ClickPolicy.Hit hit,
      ClickPolicy.Judgement judgement,
      Instant at) {
    return jdbc.sql(
            """
            INSERT INTO link_hits (business_id, attempt_id, link, hit_at, method, user_agent, purpose, verdict, reasons)
            VALUES (:business, :attempt, :link, :at, :method, :agent, :purpose, :verdict, :reasons)
            RETURNING hit_id
            """)
        .param("business", message.business())
        .param("attempt", message.attempt())
        .param("link", link)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("method", hit.method())
        .param("agent", cut(hit.userAgent()))
        .param("purpose", cut(hit.purpose()))
        .param("verdict", judgement.verdict().name().toLowerCase(Locale.ROOT))
        .param("reasons", ClickPolicy.VERSION + ":" + String.join(",", judgement.reasons()))
        .query(UUID.class)
        .single();
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

  private static @Nullable String cut(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String printable = text.replace('\0', ' ');
    return printable.length() <= LONGEST_AGENT ? printable : printable.substring(0, LONGEST_AGENT);
  }
}
