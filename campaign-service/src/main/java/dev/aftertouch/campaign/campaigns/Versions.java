package dev.aftertouch.campaign.campaigns;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.service.documents.Documents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table campaign_versions: added to, never changed. */
@Repository
class Versions {
  private final JdbcClient jdbc;
  private final Documents documents;

  Versions(JdbcClient jdbc, Documents documents) {
    this.jdbc = jdbc;
    this.documents = documents;
  }

  /** A version in a list. */
  record VersionSummary(int version, Instant publishedAt, @Nullable String publishedBy) {}

  /** What enrollments of that version follow. */
  record Version(
      int version,
      Instant publishedAt,
      @Nullable String publishedBy,
      CampaignDefinition definition) {}

  void add(UUID business, UUID campaign, Version version) {
    jdbc.sql(
            """
            INSERT INTO campaign_versions (business_id, campaign_id, version, definition, published_at, published_by)
            VALUES (:business, :campaign, :version, :definition::jsonb, :at, :by)
            """)
        .param("business", business)
        .param("campaign", campaign)
        .param("version", version.version())
        .param("definition", documents.write(version.definition()))
        .param("at", version.publishedAt().atOffset(ZoneOffset.UTC))
        .param("by", version.publishedBy())
        .update();
  }

  Optional<Version> find(UUID business, UUID campaign, int version) {
    return jdbc.sql(
            """
            SELECT version, published_at, published_by, definition
            FROM campaign_versions
            WHERE business_id = :business AND campaign_id = :campaign AND version = :version
            """)
        .param("business", business)
        .param("campaign", campaign)
        .param("version", version)
        .query(this::version)
        .optional();
  }

  List<VersionSummary> list(UUID business, UUID campaign) {
    return jdbc.sql(
            """
            SELECT version, published_at, published_by
            FROM campaign_versions
            WHERE business_id = :business AND campaign_id = :campaign
            ORDER BY version DESC
            """)
        .param("business", business)
        .param("campaign", campaign)
        .query(
            (row, number) ->
                new VersionSummary(
                    row.getInt("version"),
                    row.getTimestamp("published_at").toInstant(),
                    row.getString("published_by")))
        .list();
  }

  private Version version(ResultSet row, int number) throws SQLException {
    return new Version(
        row.getInt("version"),
        row.getTimestamp("published_at").toInstant(),
        row.getString("published_by"),
        documents.campaign(row.getString("definition")));
  }
}
