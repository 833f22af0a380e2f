package dev.aftertouch.dispatch.replicas;

import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.facts.BusinessChanged;
import dev.aftertouch.facts.BusinessDeleted;
import dev.aftertouch.facts.BusinessFact;
import dev.aftertouch.service.documents.Documents;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The businesses and their settings. */
public final class Businesses {
  /** A business as it is now. */
  public record Business(UUID id, long revision, String name, BusinessSettings settings) {}

  /** Settings never change within a revision, so they are parsed once. */
  private final Map<UUID, Business> parsed = new ConcurrentHashMap<>();

  private final JdbcClient jdbc;
  private final Documents documents;

  Businesses(JdbcClient jdbc, Documents documents) {
    this.jdbc = jdbc;
    this.documents = documents;
  }

  /**
   * The businesses of those ids. One that left is a key with no value's settings and so is absent
   * from {@link Known#businesses()} but present in {@link Known#gone()}; one never seen is in
   * neither.
   */
  public Known find(Collection<UUID> ids) {
    Map<UUID, Business> businesses = new HashMap<>();
    Map<UUID, Boolean> gone = new HashMap<>();
    jdbc.sql(
            """
            SELECT business_id, revision, name, deleted, settings FROM businesses
            WHERE business_id = ANY (:ids::uuid[])
            """)
        .param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
        .query(
            row -> {
              UUID id = row.getObject("business_id", UUID.class);
              if (row.getBoolean("deleted")) {
                gone.put(id, true);
              } else {
                businesses.put(
                    id,
                    parsed(
                        id,
                        row.getLong("revision"),
                        row.getString("name"),
                        row.getString("settings")));
              }
            });
    return new Known(businesses, gone);
  }

  /** What is known of some businesses. */
  public record Known(Map<UUID, Business> businesses, Map<UUID, Boolean> gone) {
    /** Whether that business has been seen at all. */
    public boolean seen(UUID id) {
      return businesses.containsKey(id) || gone.containsKey(id);
    }
  }

  private Business parsed(UUID id, long revision, String name, String settings) {
    Business cached = parsed.get(id);
    if (cached != null && cached.revision() == revision) {
      return cached;
    }
    Business business = new Business(id, revision, name, documents.settings(settings));
    parsed.put(id, business);
    return business;
  }

  /** The businesses whose texts come from that number. */
  public List<UUID> withSenderPhone(String phone) {
    return jdbc.sql(
            "SELECT business_id FROM businesses WHERE sender_phone = :phone AND NOT deleted ORDER BY 1")
        .param("phone", phone)
        .query(UUID.class)
        .list();
  }

  /** Works facts in; an older revision never replaces a newer one. */
  void apply(List<BusinessFact> facts) {
    for (BusinessFact fact : facts) {
      switch (fact.getFact()) {
        case BusinessChanged changed -> change(fact, changed);
        case BusinessDeleted deleted -> remove(fact.getBusinessId(), fact.getRevision());
        default -> throw new IllegalArgumentException("Unknown kind of business fact");
      }
    }
  }

  private void change(BusinessFact fact, BusinessChanged changed) {
    BusinessSettings settings = documents.settings(changed.getSettings());
    jdbc.sql(
            """
            INSERT INTO businesses (business_id, revision, name, settings, sender_phone)
            VALUES (:business, :revision, :name, :settings::json, :phone)
            ON CONFLICT (business_id) DO UPDATE
            SET revision = excluded.revision, name = excluded.name, settings = excluded.settings,
                sender_phone = excluded.sender_phone
            WHERE businesses.revision < excluded.revision AND NOT businesses.deleted
            """)
        .param("business", fact.getBusinessId())
        .param("revision", fact.getRevision())
        .param("name", changed.getName())
        .param("settings", changed.getSettings())
        .param("phone", settings.sender().phone())
        .update();
  }

  private void remove(UUID business, long revision) {
    jdbc.sql(
            """
            INSERT INTO businesses (business_id, revision, name, settings, deleted)
            VALUES (:business, :revision, '', '{}', true)
            ON CONFLICT (business_id) DO UPDATE
            SET revision = excluded.revision, name = '', settings = '{}', sender_phone = NULL, deleted = true
            """)
        .param("business", business)
        .param("revision", revision)
        .update();
    for (String table : OWNED) {
      jdbc.sql("DELETE FROM " + table + " WHERE business_id = :business")
          .param("business", business)
          .update();
    }
  }

  private static final List<String> OWNED =
      List.of(
          "feedback",
          "link_hits",
          "payloads",
          "touches",
          "pacing",
          "stopped_enrollments",
          "suppressions",
          "recipients",
          "campaign_versions",
          "campaigns");
}
