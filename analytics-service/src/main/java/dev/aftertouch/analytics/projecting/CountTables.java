package dev.aftertouch.analytics.projecting;

import dev.aftertouch.service.sql.Columns;
import dev.aftertouch.service.sql.RowType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of counts. A line that reaches 0 is removed, as if it had never been. */
@Repository
class CountTables {
  /** Where lines have reached 0. */
  private record Zeros(UUID businessId, @Nullable UUID campaignId) {}

  /**
   * A table of counts.
   *
   * @param add changes lines in the order of their key and tells where some reached 0
   * @param remove removes these
   */
  private record Table<K>(RowType<Counts.Change<K>> change, String add, String remove) {
    /**
     * The table whose name is that of the type with an s.
     *
     * @param key its columns but the count
     * @param sameCampaign how a line's campaign c is compared with another, k
     */
    static <K> Table<K> of(
        String type, String key, String sameCampaign, RowType<Counts.Change<K>> change) {
      return new Table<>(
          change.int8("amount", Counts.Change::amount),
          """
          WITH lines AS (
            INSERT INTO %1$ss AS c (%2$s, count)
            SELECT %2$s, amount FROM unnest(:changes::%1$s[]) ORDER BY %2$s
            ON CONFLICT (%2$s) DO UPDATE SET count = c.count + excluded.count
            RETURNING business_id, campaign_id, count)
          SELECT DISTINCT business_id, campaign_id FROM lines WHERE count = 0
          """
              .formatted(type, key),
          """
          DELETE FROM %ss c USING unnest(:businesses, :campaigns) AS k (business_id, campaign_id)
          WHERE c.business_id = k.business_id AND c.campaign_id %s k.campaign_id AND c.count = 0
          """
              .formatted(type, sameCampaign));
    }
  }

  private static final Table<Counts.OfTouch> TOUCHES =
      Table.of(
          "touch_count",
          "business_id, campaign_id, version, number, channel, measure, reason",
          "=",
          RowType.<Counts.Change<Counts.OfTouch>>of("touch_count")
              .uuid("business_id", c -> c.key().businessId())
              .uuid("campaign_id", c -> c.key().campaignId())
              .int4("version", c -> c.key().version())
              .int4("number", c -> c.key().number())
              .text("channel", c -> c.key().channel())
              .text("measure", c -> c.key().measure())
              .text("reason", c -> c.key().reason()));

  private static final Table<Counts.OfEnrollment> ENROLLMENTS =
      Table.of(
          "enrollment_count",
          "business_id, campaign_id, measure, reason",
          "IS NOT DISTINCT FROM",
          RowType.<Counts.Change<Counts.OfEnrollment>>of("enrollment_count")
              .uuid("business_id", c -> c.key().businessId())
              .uuid("campaign_id", c -> c.key().campaignId())
              .text("measure", c -> c.key().measure())
              .text("reason", c -> c.key().reason()));

  private static final Table<Counts.OfActivity> ACTIVITIES =
      Table.of(
          "activity_count",
          "business_id, campaign_id, quarter, measure",
          "=",
          RowType.<Counts.Change<Counts.OfActivity>>of("activity_count")
              .uuid("business_id", c -> c.key().businessId())
              .uuid("campaign_id", c -> c.key().campaignId())
              .instant("quarter", c -> c.key().quarter())
              .text("measure", c -> c.key().measure()));

  private final JdbcClient jdbc;

  CountTables(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(Counts counts) {
    add(TOUCHES, counts.touches());
    add(ENROLLMENTS, counts.enrollments());
    add(ACTIVITIES, counts.activities());
  }

  private <K> void add(Table<K> table, List<Counts.Change<K>> changes) {
    if (changes.isEmpty()) {
      return;
    }
    List<Zeros> zeros =
        jdbc.sql(table.add())
            .param("changes", table.change().rows(changes))
            .query(
                (row, index) ->
                    new Zeros(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
            .list();
    if (!zeros.isEmpty()) {
      jdbc.sql(table.remove())
          .param("businesses", Columns.uuids(zeros, Zeros::businessId))
          .param("campaigns", Columns.uuids(zeros, Zeros::campaignId))
          .update();
    }
  }
}
