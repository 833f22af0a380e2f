package dev.aftertouch.analytics.projecting;

import dev.aftertouch.service.sql.Columns;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the campaigns are called. */
@Repository
class Campaigns {
  /**
   * A campaign's standing as a fact tells of it.
   *
   * @param kind null when it was deleted
   * @param serviceType null for all services
   */
  record Campaign(
      UUID businessId,
      UUID campaignId,
      String name,
      @Nullable String kind,
      String status,
      @Nullable String serviceType,
      long revision) {}

  private final JdbcClient jdbc;

  Campaigns(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A newer revision replaces an older one. Each campaign once. */
  void merge(List<Campaign> seen) {
    jdbc.sql(
            """
            INSERT INTO campaigns AS c (business_id, campaign_id, name, kind, status, service_type, revision)
            SELECT * FROM unnest(:businesses, :campaigns, :names, :kinds, :statuses, :services, :revisions) ORDER BY 1, 2
            ON CONFLICT (business_id, campaign_id) DO UPDATE SET
              name = excluded.name, kind = excluded.kind, status = excluded.status, service_type = excluded.service_type,
              revision = excluded.revision
            WHERE c.revision < excluded.revision
            """)
        .param("businesses", Columns.uuids(seen, Campaign::businessId))
        .param("campaigns", Columns.uuids(seen, Campaign::campaignId))
        .param("names", Columns.texts(seen, Campaign::name))
        .param("kinds", Columns.texts(seen, Campaign::kind))
        .param("statuses", Columns.texts(seen, Campaign::status))
        .param("services", Columns.texts(seen, Campaign::serviceType))
        .param("revisions", Columns.optionalLongs(seen, Campaign::revision))
        .update();
  }
}
