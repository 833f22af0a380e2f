package dev.aftertouch.campaign.businesses;

import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.service.documents.Documents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables businesses and departed_businesses. */
@Repository
class Businesses {
  private final JdbcClient jdbc;
  private final Documents documents;

  Businesses(JdbcClient jdbc, Documents documents) {
    this.jdbc = jdbc;
    this.documents = documents;
  }

  Optional<Business> find(UUID business) {
    return jdbc.sql(
            """
            SELECT business_id, name, settings, revision, updated_at
            FROM businesses WHERE business_id = :business
            """)
        .param("business", business)
        .query(this::business)
        .optional();
  }

  /** Reads and locks, so that changes of one business come one after the other. */
  Optional<Business> lock(UUID business) {
    return jdbc.sql(
            """
            SELECT business_id, name, settings, revision, updated_at
            FROM businesses WHERE business_id = :business FOR NO KEY UPDATE
            """)
        .param("business", business)
        .query(this::business)
        .optional();
  }

  /**
   * Adds the business where there is none; empty when there is. Its revision goes on from where it
   * once departed.
   */
  Optional<Business> add(UUID business, String name, BusinessSettings settings, Instant now) {
    return jdbc.sql(
            """
            INSERT INTO businesses (business_id, name, settings, revision, created_at, updated_at)
            VALUES (:business, :name, :settings::jsonb,
                    1 + coalesce((SELECT revision FROM departed_businesses WHERE business_id = :business), 0), :now, :now)
            ON CONFLICT (business_id) DO NOTHING
            RETURNING business_id, name, settings, revision, updated_at
            """)
        .param("business", business)
        .param("name", name)
        .param("settings", documents.write(settings))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(this::business)
        .optional();
  }

  Business change(UUID business, String name, BusinessSettings settings, Instant now) {
    return jdbc.sql(
            """
            UPDATE businesses
            SET name = :name, settings = :settings::jsonb, revision = revision + 1, updated_at = :now
            WHERE business_id = :business
            RETURNING business_id, name, settings, revision, updated_at
            """)
        .param("business", business)
        .param("name", name)
        .param("settings", documents.write(settings))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(this::business)
        .single();
  }

  /** Removes the business and, by the foreign keys, everything that is its own. */
  void remove(UUID business, long lastRevision, Instant now) {
    jdbc.sql(
            """
            INSERT INTO departed_businesses (business_id, revision, departed_at) VALUES (:business, :revision, :now)
            ON CONFLICT (business_id) DO UPDATE SET revision = excluded.revision, departed_at = excluded.departed_at
            """)
        .param("business", business)
        .param("revision", lastRevision)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
    jdbc.sql("DELETE FROM businesses WHERE business_id = :business")
        .param("business", business)
        .update();
  }

  private Business business(ResultSet row, int number) throws SQLException {
    return new Business(
        row.getObject("business_id", UUID.class),
        row.getString("name"),
        documents.settings(row.getString("settings")),
        row.getLong("revision"),
        row.getTimestamp("updated_at").toInstant());
  }
}
