package dev.aftertouch.analytics.projecting;

import dev.aftertouch.service.sql.Columns;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The businesses, and the end of one. */
@Repository
class Businesses {
  private static final int BUCKETS = 64;

  /**
   * A business as a fact tells of it.
   *
   * @param name null when it was deleted
   */
  record Business(
      UUID businessId, @Nullable String name, String timeZone, long revision, boolean deleted) {}

  private final JdbcClient jdbc;

  Businesses(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Which of them were deleted. None can be deleted by another transaction before this one ends.
   */
  Set<UUID> deletedAmong(Collection<UUID> businesses) {
    lock(
        "SELECT count(pg_advisory_xact_lock_shared(74, bucket)) FROM unnest(:buckets) AS b (bucket)",
        businesses);
    return new HashSet<>(
        jdbc.sql(
                "SELECT business_id FROM businesses WHERE business_id = ANY (:businesses) AND deleted")
            .param("businesses", Columns.uuids(businesses, id -> id))
            .query(UUID.class)
            .list());
  }

  /**
   * A newer revision replaces an older one. Removes what is there of those that a newer fact
   * deletes; a business that comes back later begins anew.
   *
   * @param newest each business once
   * @param deletions of the same facts
   */
  void merge(Collection<Business> newest, Collection<Business> deletions) {
    if (!deletions.isEmpty()) {
      lock(
          "SELECT count(pg_advisory_xact_lock(74, bucket)) FROM unnest(:buckets) AS b (bucket)",
          deletions.stream().map(Business::businessId).toList());
      remove(newerThanStored(deletions));
    }
    jdbc.sql(
            """
            INSERT INTO businesses AS b (business_id, name, time_zone, revision, deleted)
            SELECT * FROM unnest(:businesses, :names, :zones, :revisions, :deleted) ORDER BY 1
            ON CONFLICT (business_id) DO UPDATE SET
              name = excluded.name, time_zone = excluded.time_zone, revision = excluded.revision, deleted = excluded.deleted
            WHERE b.revision < excluded.revision
            """)
        .param("businesses", Columns.uuids(newest, Business::businessId))
        .param("names", Columns.texts(newest, Business::name))
        .param("zones", Columns.texts(newest, Business::timeZone))
        .param("revisions", Columns.optionalLongs(newest, Business::revision))
        .param("deleted", Columns.flags(newest, Business::deleted))
        .update();
  }

  private List<UUID> newerThanStored(Collection<Business> deletions) {
    return jdbc.sql(
            """
            SELECT d.business_id FROM unnest(:businesses, :revisions) AS d (business_id, revision)
            LEFT JOIN businesses b USING (business_id)
            WHERE b.revision IS NULL OR b.revision < d.revision
            """)
        .param("businesses", Columns.uuids(deletions, Business::businessId))
        .param("revisions", Columns.optionalLongs(deletions, Business::revision))
        .query(UUID.class)
        .list();
  }

  private void remove(List<UUID> businesses) {
    for (String delete :
        List.of(
            "DELETE FROM campaigns WHERE business_id = ANY (:businesses)",
            "DELETE FROM enrollments WHERE business_id = ANY (:businesses)",
            "DELETE FROM touches WHERE business_id = ANY (:businesses)",
            "DELETE FROM refusals WHERE business_id = ANY (:businesses)",
            "DELETE FROM touch_counts WHERE business_id = ANY (:businesses)",
            "DELETE FROM enrollment_counts WHERE business_id = ANY (:businesses)",
            "DELETE FROM activities WHERE business_id = ANY (:businesses)",
            "DELETE FROM timeline WHERE business_id = ANY (:businesses)",
            "DELETE FROM erased_enrollments WHERE business_id = ANY (:businesses)")) {
      jdbc.sql(delete).param("businesses", Columns.uuids(businesses, id -> id)).update();
    }
  }

  /** By bucket, so that a batch needs few locks; in order, so that nobody waits in a circle. */
  private void lock(String sql, Collection<UUID> businesses) {
    List<Integer> buckets =
        businesses.stream()
            .map(business -> Math.floorMod(business.hashCode(), BUCKETS))
            .distinct()
            .sorted()
            .toList();
    jdbc.sql(sql)
        .param("buckets", Columns.optionalInts(buckets, bucket -> bucket))
        .query(Long.class)
        .single();
  }
}
