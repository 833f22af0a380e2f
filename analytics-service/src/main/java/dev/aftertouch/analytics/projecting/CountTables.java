package dev.aftertouch.analytics.projecting;

import dev.aftertouch.service.sql.Columns;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The tables of counts. A line that reaches 0 is removed, as if it had never been. */
@Repository
class CountTables {
  /** Where lines have reached 0. */
  private record Zeros(UUID businessId, @Nullable UUID campaignId) {}

  private final JdbcClient jdbc;

  CountTables(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(Counts counts) {
    addTouches(counts.touches());
    addEnrollments(counts.enrollments());
    addActivities(counts.activities());
  }

  private void addTouches(List<Counts.Change<Counts.OfTouch>> changes) {
    if (changes.isEmpty()) {
      return;
    }
    List<Zeros> zeros =
        zeros(
            jdbc.sql(
                    """
                    WITH lines AS (
                      INSERT INTO touch_counts AS c (business_id, campaign_id, version, number, channel, measure, reason, count)
                      SELECT * FROM unnest(:businesses, :campaigns, :versions, :numbers, :channels, :measures, :reasons, :amounts)
                      ORDER BY 1, 2, 3, 4, 5, 6, 7
                      ON CONFLICT (business_id, campaign_id, version, number, channel, measure, reason)
                      DO UPDATE SET count = c.count + excluded.count
                      RETURNING business_id, campaign_id, count)
                    SELECT DISTINCT business_id, campaign_id FROM lines WHERE count = 0
                    """)
                .param("businesses", Columns.uuids(changes, c -> c.key().businessId()))
                .param("campaigns", Columns.uuids(changes, c -> c.key().campaignId()))
                .param("versions", Columns.ints(changes, c -> c.key().version()))
                .param("numbers", Columns.ints(changes, c -> c.key().number()))
                .param("channels", Columns.texts(changes, c -> c.key().channel()))
                .param("measures", Columns.texts(changes, c -> c.key().measure()))
                .param("reasons", Columns.texts(changes, c -> c.key().reason()))
                .param("amounts", Columns.longs(changes, Counts.Change::amount)));
    remove(
        jdbc.sql(
            """
            DELETE FROM touch_counts c USING unnest(:businesses, :campaigns) AS k (business_id, campaign_id)
            WHERE c.business_id = k.business_id AND c.campaign_id = k.campaign_id AND c.count = 0
            """),
        zeros);
  }

  private void addEnrollments(List<Counts.Change<Counts.OfEnrollment>> changes) {
    if (changes.isEmpty()) {
      return;
    }
    List<Zeros> zeros =
        zeros(
            jdbc.sql(
                    """
                    WITH lines AS (
                      INSERT INTO enrollment_counts AS c (business_id, campaign_id, measure, reason, count)
                      SELECT * FROM unnest(:businesses, :campaigns, :measures, :reasons, :amounts)
                      ORDER BY 1, 2, 3, 4
                      ON CONFLICT (business_id, campaign_id, measure, reason) DO UPDATE SET count = c.count + excluded.count
                      RETURNING business_id, campaign_id, count)
                    SELECT DISTINCT business_id, campaign_id FROM lines WHERE count = 0
                    """)
                .param("businesses", Columns.uuids(changes, c -> c.key().businessId()))
                .param("campaigns", Columns.uuids(changes, c -> c.key().campaignId()))
                .param("measures", Columns.texts(changes, c -> c.key().measure()))
                .param("reasons", Columns.texts(changes, c -> c.key().reason()))
                .param("amounts", Columns.longs(changes, Counts.Change::amount)));
    remove(
        jdbc.sql(
            """
            DELETE FROM enrollment_counts c USING unnest(:businesses, :campaigns) AS k (business_id, campaign_id)
            WHERE c.business_id = k.business_id AND c.campaign_id IS NOT DISTINCT FROM k.campaign_id AND c.count = 0
            """),
        zeros);
  }

  private void addActivities(List<Counts.Change<Counts.OfActivity>> changes) {
    if (changes.isEmpty()) {
      return;
    }
    List<Zeros> zeros =
        zeros(
            jdbc.sql(
                    """
                    WITH lines AS (
                      INSERT INTO activity_counts AS c (business_id, campaign_id, quarter, measure, count)
                      SELECT * FROM unnest(:businesses, :campaigns, :quarters, :measures, :amounts)
                      ORDER BY 1, 2, 3, 4
                      ON CONFLICT (business_id, campaign_id, quarter, measure) DO UPDATE SET count = c.count + excluded.count
                      RETURNING business_id, campaign_id, count)
                    SELECT DISTINCT business_id, campaign_id FROM lines WHERE count = 0
                    """)
                .param("businesses", Columns.uuids(changes, c -> c.key().businessId()))
                .param("campaigns", Columns.uuids(changes, c -> c.key().campaignId()))
                .param("quarters", Columns.instants(changes, c -> c.key().quarter()))
                .param("measures", Columns.texts(changes, c -> c.key().measure()))
                .param("amounts", Columns.longs(changes, Counts.Change::amount)));
    remove(
        jdbc.sql(
            """
            DELETE FROM activity_counts c USING unnest(:businesses, :campaigns) AS k (business_id, campaign_id)
            WHERE c.business_id = k.business_id AND c.campaign_id = k.campaign_id AND c.count = 0
            """),
        zeros);
  }

  private static List<Zeros> zeros(StatementSpec adding) {
    return adding
        .query(
            (row, index) -> new Zeros(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
        .list();
  }

  private static void remove(StatementSpec removing, List<Zeros> zeros) {
    if (!zeros.isEmpty()) {
      removing
          .param("businesses", Columns.uuids(zeros, Zeros::businessId))
          .param("campaigns", Columns.uuids(zeros, Zeros::campaignId))
          .update();
    }
  }
}
