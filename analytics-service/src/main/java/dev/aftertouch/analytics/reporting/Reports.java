package dev.aftertouch.analytics.reporting;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The reports, aggregated by the database (MT-07). Row-level security leaves each the rows of one
 * business. Rates are shares of the sent touches, from 0 to 1, null while nothing was sent.
 */
@Repository
class Reports {
  private final JdbcClient jdbc;

  Reports(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A line for each campaign, by name; only that one when it is given. */
  Table campaigns(@Nullable UUID campaign) {
    return jdbc.sql(
            """
            SELECT campaign_id, name, kind, status, service_type, enrolled, active, completed, stopped, refused,
                   average_touches_completed, scheduled, pending, sent, deferred, skipped, failed, unknown, cancelled,
                   delivered, opened, clicked, replied, opted_out, bounced, complained,
                   round(delivered::numeric / nullif(sent, 0), 4) AS delivered_rate,
                   round(opened::numeric / nullif(sent, 0), 4)    AS opened_rate,
                   round(clicked::numeric / nullif(sent, 0), 4)   AS clicked_rate,
                   round(replied::numeric / nullif(sent, 0), 4)   AS replied_rate,
                   round(opted_out::numeric / nullif(sent, 0), 4) AS opted_out_rate
            FROM campaign_statistics
            WHERE :campaign::uuid IS NULL OR campaign_id = :campaign::uuid
            ORDER BY name, campaign_id
            """)
        .param("campaign", campaign)
        .query(Table::of);
  }

  /** A line for each touch of each version. */
  Table touches(UUID campaign) {
    return jdbc.sql(
            """
            SELECT version, number, channel, scheduled, pending, sent, deferred, deferrals, skipped, failed, unknown, cancelled,
                   delivered, opened, clicked, replied, opted_out, bounced, complained,
                   round(opened::numeric / nullif(sent, 0), 4)  AS opened_rate,
                   round(clicked::numeric / nullif(sent, 0), 4) AS clicked_rate
            FROM touch_statistics
            WHERE campaign_id = :campaign
            ORDER BY version, number, channel
            """)
        .param("campaign", campaign)
        .query(Table::of);
  }

  Table skipReasons(UUID campaign) {
    return jdbc.sql(
            """
            SELECT version, number, channel, reason, count FROM skip_reasons WHERE campaign_id = :campaign
            ORDER BY version, number, channel, count DESC, reason
            """)
        .param("campaign", campaign)
        .query(Table::of);
  }

  /** Of one campaign, or of all. */
  Table stopReasons(@Nullable UUID campaign) {
    return jdbc.sql(
            """
            SELECT reason, sum(count)::bigint AS count FROM stop_reasons
            WHERE :campaign::uuid IS NULL OR campaign_id = :campaign::uuid
            GROUP BY reason ORDER BY count DESC, reason
            """)
        .param("campaign", campaign)
        .query(Table::of);
  }

  /** Of one campaign, or of all, refusals without any campaign included. */
  Table refusalReasons(@Nullable UUID campaign) {
    return jdbc.sql(
            """
            SELECT reason, sum(count)::bigint AS count FROM refusal_reasons
            WHERE :campaign::uuid IS NULL OR campaign_id = :campaign::uuid
            GROUP BY reason ORDER BY count DESC, reason
            """)
        .param("campaign", campaign)
        .query(Table::of);
  }

  /** One line for the business. */
  Table totals() {
    return jdbc.sql(
            """
            SELECT t.*, e.*,
                   round(t.delivered::numeric / nullif(t.sent, 0), 4) AS delivered_rate,
                   round(t.opened::numeric / nullif(t.sent, 0), 4)    AS opened_rate,
                   round(t.clicked::numeric / nullif(t.sent, 0), 4)   AS clicked_rate,
                   round(t.replied::numeric / nullif(t.sent, 0), 4)   AS replied_rate,
                   round(t.opted_out::numeric / nullif(t.sent, 0), 4) AS opted_out_rate
            FROM (SELECT coalesce(sum(scheduled), 0)::bigint AS scheduled, coalesce(sum(pending), 0)::bigint AS pending,
                         coalesce(sum(sent), 0)::bigint AS sent, coalesce(sum(deferred), 0)::bigint AS deferred,
                         coalesce(sum(skipped), 0)::bigint AS skipped, coalesce(sum(failed), 0)::bigint AS failed,
                         coalesce(sum(unknown), 0)::bigint AS unknown, coalesce(sum(cancelled), 0)::bigint AS cancelled,
                         coalesce(sum(delivered), 0)::bigint AS delivered, coalesce(sum(opened), 0)::bigint AS opened,
                         coalesce(sum(clicked), 0)::bigint AS clicked, coalesce(sum(replied), 0)::bigint AS replied,
                         coalesce(sum(opted_out), 0)::bigint AS opted_out, coalesce(sum(bounced), 0)::bigint AS bounced,
                         coalesce(sum(complained), 0)::bigint AS complained
                  FROM touch_statistics) t,
                 (SELECT coalesce(sum(enrolled), 0)::bigint AS enrolled, coalesce(sum(active), 0)::bigint AS active,
                         coalesce(sum(completed), 0)::bigint AS completed, coalesce(sum(stopped), 0)::bigint AS stopped,
                         coalesce(sum(refused), 0)::bigint AS refused,
                         round(sum(touches_completed) / nullif(sum(completed) + sum(stopped), 0), 2)
                           AS average_touches_completed
                  FROM enrollment_statistics) e
            """)
        .query(Table::of);
  }

  /**
   * A line for each of the last days, today included, in the business's time zone; of one campaign,
   * or of all. Reads the quarters of those days only, and up to two days before them.
   */
  Table days(@Nullable UUID campaign, int days, Instant now) {
    return jdbc.sql(
            """
            WITH here AS (SELECT coalesce((SELECT time_zone FROM businesses), 'UTC') AS zone),
            active AS (
              SELECT (a.quarter AT TIME ZONE here.zone)::date AS day,
                     sum(enrolled) AS enrolled,
                     sum(completed) AS completed,
                     sum(stopped) AS stopped,
                     sum(sent) AS sent,
                     sum(skipped) AS skipped,
                     sum(failed) AS failed,
                     sum(delivered) AS delivered,
                     sum(opened) AS opened,
                     sum(clicked) AS clicked,
                     sum(replied) AS replied,
                     sum(opted_out) AS opted_out
              FROM activities a CROSS JOIN here
              WHERE a.quarter >= :since AND (:campaign::uuid IS NULL OR a.campaign_id = :campaign::uuid)
              GROUP BY 1)
            SELECT midnight::date::text AS day,
                   coalesce(enrolled, 0)::bigint AS enrolled,
                   coalesce(completed, 0)::bigint AS completed,
                   coalesce(stopped, 0)::bigint AS stopped,
                   coalesce(sent, 0)::bigint AS sent,
                   coalesce(skipped, 0)::bigint AS skipped,
                   coalesce(failed, 0)::bigint AS failed,
                   coalesce(delivered, 0)::bigint AS delivered,
                   coalesce(opened, 0)::bigint AS opened,
                   coalesce(clicked, 0)::bigint AS clicked,
                   coalesce(replied, 0)::bigint AS replied,
                   coalesce(opted_out, 0)::bigint AS opted_out
            FROM (SELECT (:now::timestamptz AT TIME ZONE here.zone)::date AS today FROM here) AS d
            CROSS JOIN generate_series(today - (:days - 1), today, interval '1 day') AS series (midnight)
            LEFT JOIN active ON active.day = midnight::date
            ORDER BY 1
            """)
        .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
        .param(
            "since",
            OffsetDateTime.ofInstant(now.minus(Duration.ofDays(days + 1L)), ZoneOffset.UTC))
        .param("days", days)
        .param("campaign", campaign)
        .query(Table::of);
  }
}
