package dev.aftertouch.enrollment.directory;

import dev.aftertouch.enrollment.sql.Rows;
import dev.aftertouch.service.sql.Columns;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The replica of businesses and their settings. */
@Repository
class Businesses {
  /** A business as told or kept; settings are canonical JSON. */
  record Business(
      UUID businessId, String name, String settings, long revision, Instant changedAt) {}

  /**
   * Every table with rows of a business. Enrollments go before what is written along with them: who
   * moves one has it locked, and what that has added meanwhile goes too.
   */
  private static final List<String> TABLES =
      List.of(
          "erasure_parts",
          "erasures",
          "enrollments",
          "due_touches",
          "enrollment_touches",
          "active_enrollments",
          "refusals",
          "jobs",
          "customers",
          "campaign_versions",
          "campaigns",
          "business_settings");

  private final JdbcClient jdbc;

  Businesses(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps what is newer than what is known. No business may occur twice. */
  void keep(Collection<Business> told) {
    jdbc.sql(
            """
            INSERT INTO business_settings AS known (business_id, name, settings, revision, changed_at)
            SELECT * FROM unnest(:ids, :names, :settings, :revisions, :changedAt)
            ON CONFLICT (business_id) DO UPDATE SET
              name = excluded.name, settings = excluded.settings, revision = excluded.revision,
              changed_at = excluded.changed_at
            WHERE known.revision < excluded.revision
            """)
        .param("ids", Columns.uuids(told, Business::businessId))
        .param("names", Columns.texts(told, Business::name))
        .param("settings", Columns.texts(told, Business::settings))
        .param("revisions", Columns.longs(told, Business::revision))
        .param("changedAt", Columns.instants(told, Business::changedAt))
        .update();
  }

  /** Removes everything that the businesses had here. */
  void remove(Collection<UUID> businesses) {
    for (String table : TABLES) {
      jdbc.sql("DELETE FROM " + table + " WHERE business_id = ANY (:ids)")
          .param("ids", Columns.uuids(businesses, id -> id))
          .update();
    }
  }

  /** The revisions of those businesses that are here. */
  Map<UUID, Long> revisions(Collection<UUID> businesses) {
    Map<UUID, Long> found = new HashMap<>();
    jdbc.sql("SELECT business_id, revision FROM business_settings WHERE business_id = ANY (:ids)")
        .param("ids", Columns.uuids(businesses, id -> id))
        .query(
            row -> {
              found.put(Rows.uuid(row, "business_id"), row.getLong("revision"));
            });
    return found;
  }

  List<Business> find(Collection<UUID> businesses) {
    return jdbc.sql(
            """
            SELECT business_id, name, settings, revision, changed_at
            FROM business_settings WHERE business_id = ANY (:ids)
            """)
        .param("ids", Columns.uuids(businesses, id -> id))
        .query(
            (row, index) ->
                new Business(
                    Rows.uuid(row, "business_id"),
                    row.getString("name"),
                    row.getString("settings"),
                    row.getLong("revision"),
                    Rows.instant(row, "changed_at")))
        .list();
  }
}
