package dev.aftertouch.analytics.projecting;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of counts. A line that reaches 0 is removed, as if it had never been. */
@Repository
class CountTables {
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
    boolean zeros =
        jdbc.sql(
                """
                INSERT INTO touch_counts AS c (business_id, campaign_id, version, number, channel, measure, reason, count)
                SELECT * FROM unnest(:businesses, :campaigns, :versions, :numbers, :channels, :measures, :reasons, :amounts)
                ORDER BY 1, 2, 3, 4, 5, 6, 7
                ON CONFLICT (business_id, campaign_id, version, number, channel, measure, reason)
                DO UPDATE SET count = c.count + excluded.count
                RETURNING count
                """)
            .param("businesses", Columns.of("uuid", changes, c -> c.key().businessId()))
            .param("campaigns", Columns.of("uuid", changes, c -> c.key().campaignId()))
            .param("versions", Columns.of("int4", changes, c -> c.key().version()))
            .param("numbers", Columns.of("int4", changes, c -> c.key().number()))
            .param("channels", Columns.of("text", changes, c -> c.key().channel()))
            .param("measures", Columns.of("text", changes, c -> c.key().measure()))
            .param("reasons", Columns.of("text", changes, c -> c.key().reason()))
            .param("amounts", Columns.of("int8", changes, Counts.Change::amount))
            .query(Long.class)
            .list()
            .contains(0L);
    if (zeros) {
      jdbc.sql(
              """
              DELETE FROM touch_counts c
              USING (SELECT DISTINCT * FROM unnest(:businesses, :campaigns)) AS k (business_id, campaign_id)
              WHERE c.business_id = k.business_id AND c.campaign_id = k.campaign_id AND c.count = 0
              """)
          .param("businesses", Columns.of("uuid", changes, c -> c.key().businessId()))
          .param("campaigns", Columns.of("uuid", changes, c -> c.key().campaignId()))
          .update();
    }
  }

  private void addEnrollments(List<Counts.Change<Counts.OfEnrollment>> changes) {
    if (changes.isEmpty()) {
      return;
    }
    boolean zeros =
        jdbc.sql(
                """
                INSERT INTO enrollment_counts AS c (business_id, campaign_id, measure, reason, count)
                SELECT * FROM unnest(:businesses, :campaigns, :measures, :reasons, :amounts)
                ORDER BY 1, 2, 3, 4
                ON CONFLICT (business_id, campaign_id, measure, reason) DO UPDATE SET count = c.count + excluded.count
                RETURNING count
                """)
            .param("businesses", Columns.of("uuid", changes, c -> c.key().businessId()))
            .param("campaigns", Columns.of("uuid", changes, c -> c.key().campaignId()))
            .param("measures", Columns.of("text", changes, c -> c.key().measure()))
            .param("reasons", Columns.of("text", changes, c -> c.key().reason()))
            .param("amounts", Columns.of("int8", changes, Counts.Change::amount))
            .query(Long.class)
            .list()
            .contains(0L);
    if (zeros) {
      jdbc.sql("DELETE FROM enrollment_counts WHERE business_id = ANY (:businesses) AND count = 0")
          .param("businesses", Columns.of("uuid", changes, c -> c.key().businessId()))
          .update();
    }
  }

  private void addActivities(List<Counts.Change<Counts.OfActivity>> changes) {
    if (changes.isEmpty()) {
      return;
    }
    boolean zeros =
        jdbc.sql(
                """
                INSERT INTO activity_counts AS c (business_id, campaign_id, quarter, measure, count)
                SELECT business_id, campaign_id, timestamptz 'epoch' + quarter * interval '1 ms', measure, amount
                FROM unnest(:businesses, :campaigns, :quarters, :measures, :amounts)
                  AS u (business_id, campaign_id, quarter, measure, amount)
                ORDER BY 1, 2, 3, 4
                ON CONFLICT (business_id, campaign_id, quarter, measure) DO UPDATE SET count = c.count + excluded.count
                RETURNING count
                """)
            .param("businesses", Columns.of("uuid", changes, c -> c.key().businessId()))
            .param("campaigns", Columns.of("uuid", changes, c -> c.key().campaignId()))
            .param("quarters", Columns.ofTimes(changes, c -> c.key().quarter()))
            .param("measures", Columns.of("text", changes, c -> c.key().measure()))
            .param("amounts", Columns.of("int8", changes, Counts.Change::amount))
            .query(Long.class)
            .list()
            .contains(0L);
    if (zeros) {
      jdbc.sql(
              """
              DELETE FROM activity_counts c
              USING (SELECT DISTINCT * FROM unnest(:businesses, :campaigns, :quarters)) AS k (business_id, campaign_id, quarter)
              WHERE c.business_id = k.business_id AND c.campaign_id = k.campaign_id
                AND c.quarter = timestamptz 'epoch' + k.quarter * interval '1 ms' AND c.count = 0
              """)
          .param("businesses", Columns.of("uuid", changes, c -> c.key().businessId()))
          .param("campaigns", Columns.of("uuid", changes, c -> c.key().campaignId()))
          .param("quarters", Columns.ofTimes(changes, c -> c.key().quarter()))
          .update();
    }
  }
}
