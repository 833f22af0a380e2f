package dev.aftertouch.analytics.projecting;

import dev.aftertouch.service.sql.Columns;
import dev.aftertouch.service.sql.RowType;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  private record Table<C>(RowType<C> change, String add, String remove) {
    /**
     * A table.
     *
     * @param key its columns but the counts
     * @param counts the columns that are added to
     * @param sameCampaign how a line's campaign c is compared with another, k
     * @param change a type with all of them
     */
    static <C> Table<C> of(
        String table, String key, List<String> counts, String sameCampaign, RowType<C> change) {
      String all = String.join(", ", counts);
      String most = "greatest(" + all + ")";
      return new Table<>(
          change,
          """
          WITH lines AS (
            INSERT INTO %1$s AS c (%2$s, %3$s)
            SELECT %2$s, %3$s FROM unnest(:changes::%4$s[]) ORDER BY %2$s
            ON CONFLICT (%2$s) DO UPDATE SET %5$s
            RETURNING business_id, campaign_id, %6$s AS most)
          SELECT DISTINCT business_id, campaign_id FROM lines WHERE most = 0
          """
              .formatted(
                  table,
                  key,
                  all,
                  change.name(),
                  counts.stream()
                      .map(count -> "%1$s = c.%1$s + excluded.%1$s".formatted(count))
                      .collect(Collectors.joining(", ")),
                  most),
          """
          DELETE FROM %s c USING unnest(:businesses, :campaigns) AS k (business_id, campaign_id)
          WHERE c.business_id = k.business_id AND c.campaign_id %s k.campaign_id AND %s = 0
          """
              .formatted(table, sameCampaign, most));
    }
  }

  private static final Table<Counts.Change<Counts.OfTouch>> TOUCHES =
      Table.of(
          "touch_counts",
          "business_id, campaign_id, version, number, channel, measure, reason",
          List.of("count"),
          "=",
          RowType.<Counts.Change<Counts.OfTouch>>of("touch_count")
              .uuid("business_id", c -> c.key().businessId())
              .uuid("campaign_id", c -> c.key().campaignId())
              .int4("version", c -> c.key().version())
              .int4("number", c -> c.key().number())
              .text("channel", c -> c.key().channel())
              .text("measure", c -> c.key().measure())
              .text("reason", c -> c.key().reason())
              .int8("count", Counts.Change::amount));

  private static final Table<Counts.Change<Counts.OfEnrollment>> ENROLLMENTS =
      Table.of(
          "enrollment_counts",
          "business_id, campaign_id, measure, reason",
          List.of("count"),
          "IS NOT DISTINCT FROM",
          RowType.<Counts.Change<Counts.OfEnrollment>>of("enrollment_count")
              .uuid("business_id", c -> c.key().businessId())
              .uuid("campaign_id", c -> c.key().campaignId())
              .text("measure", c -> c.key().measure())
              .text("reason", c -> c.key().reason())
              .int8("count", Counts.Change::amount));

  private static final Table<Counts.Changes> ACTIVITIES =
      Table.of(
          "activities",
          "business_id, campaign_id, quarter",
          Stream.of(Activity.values()).map(Activity::code).toList(),
          "=",
          activities());

  private static RowType<Counts.Changes> activities() {
    RowType<Counts.Changes> type =
        RowType.<Counts.Changes>of("activity")
            .uuid("business_id", c -> c.key().businessId())
            .uuid("campaign_id", c -> c.key().campaignId())
            .instant("quarter", c -> c.key().quarter());
    for (Activity activity : Activity.values()) {
      type.int8(activity.code(), c -> c.of(activity));
    }
    return type;
  }

  private final JdbcClient jdbc;

  CountTables(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(Counts counts) {
    add(TOUCHES, counts.touches());
    add(ENROLLMENTS, counts.enrollments());
    add(ACTIVITIES, counts.activities());
  }

  private <C> void add(Table<C> table, List<C> changes) {
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
