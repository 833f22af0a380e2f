package dev.aftertouch.enrollment.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.documents.Documents;
import dev.aftertouch.service.kafka.ReplicaProgress;
import dev.aftertouch.service.kafka.TryAgainException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/**
 * What this service knows of businesses and campaigns. Every method works in the caller's
 * transaction. Versions are immutable, so what was read of them is kept.
 */
@Service
public class Directory {
  /** So many settings are kept parsed: about a kilobyte each. */
  private static final int MOST_SETTINGS = 20_000;

  /** So many different definitions: some kilobytes each. */
  private static final int MOST_DEFINITIONS = 2_000;

  /** Asked for when a job enrolls; the heap holds them beside the settings. */
  private static final int MOST_VERSIONS = 20_000;

  private record ReadSettings(long revision, BusinessSettings settings) {}

  private final DirectoryLock lock;
  private final Businesses businesses;
  private final Campaigns campaigns;
  private final Documents documents;
  private final ReplicaProgress progress;

  /** By what they say: most businesses send what they found in a template. */
  private final Cache<UUID, Definition> definitions =
      Caffeine.newBuilder().maximumSize(MOST_DEFINITIONS).build();

  /** Of those definitions only. */
  private final Cache<VersionKey, Definition> versions =
      Caffeine.newBuilder().maximumSize(MOST_VERSIONS).weakValues().build();

  private final Cache<UUID, ReadSettings> settings =
      Caffeine.newBuilder().maximumSize(MOST_SETTINGS).build();

  Directory(
      DirectoryLock lock,
      Businesses businesses,
      Campaigns campaigns,
      Documents documents,
      ReplicaProgress progress) {
    this.lock = lock;
    this.progress = progress;
    this.businesses = businesses;
    this.campaigns = campaigns;
    this.documents = documents;
  }

  /**
   * Whether all that was published of businesses and campaigns before this call can be read from
   * now on. What is missing here otherwise may still be on its way.
   */
  public boolean isCurrent() {
    return progress.isLevel(BusinessesListener.ID, Topics.BUSINESSES)
        && progress.isLevel(CampaignsListener.ID, Topics.CAMPAIGNS);
  }

  /** The settings of those businesses that are known. */
  public Map<UUID, BusinessSettings> settings(Collection<UUID> ids) {
    Map<UUID, BusinessSettings> known = new HashMap<>();
    List<UUID> changed = new ArrayList<>();
    businesses
        .revisions(ids)
        .forEach(
            (id, revision) -> {
              ReadSettings read = settings.getIfPresent(id);
              if (read != null && read.revision() == revision) {
                known.put(id, read.settings());
              } else {
                changed.add(id);
              }
            });
    for (Businesses.Business business :
        changed.isEmpty() ? List.<Businesses.Business>of() : businesses.find(changed)) {
      ReadSettings read =
          new ReadSettings(business.revision(), documents.settings(business.settings()));
      settings.put(business.businessId(), read);
      known.put(business.businessId(), read.settings());
    }
    return known;
  }

  /**
   * Whoever enrolls calls this first in the transaction: until that ends no campaign's standing
   * changes and no business leaves. A campaign paused meanwhile waits, and then stops what was just
   * enrolled.
   */
  public void hold() {
    lock.share();
  }

  /** The published campaigns, active or paused, of the businesses. */
  public List<StandingCampaign> enrollingCampaigns(Collection<UUID> businessIds) {
    return campaigns.enrolling(businessIds);
  }

  /**
   * Those of the campaigns whose enrollments are held at present; the pause cannot end before the
   * transaction does.
   */
  public List<StandingCampaign> lockHoldingCampaigns(
      Collection<UUID> businessIds, Collection<UUID> campaignIds) {
    return campaigns.lockHolding(businessIds, campaignIds);
  }

  /**
   * The definitions of all these versions.
   *
   * @throws TryAgainException when one has not arrived here yet
   */
  public Map<VersionKey, Definition> definitions(Collection<VersionKey> keys) {
    return whole(keys, known(keys));
  }

  /**
   * The definitions of all these versions; where the enrollment says which and it is in memory, the
   * version is not looked up.
   *
   * @throws TryAgainException when one has not arrived here yet
   */
  public Map<FollowedVersion, Definition> followed(Collection<FollowedVersion> versions) {
    return whole(versions, knownFollowed(versions));
  }

  /** The definitions of those versions that are here, or in memory. */
  public Map<FollowedVersion, Definition> knownFollowed(Collection<FollowedVersion> followed) {
    Map<FollowedVersion, Definition> found = HashMap.newHashMap(followed.size());
    List<FollowedVersion> unknown = new ArrayList<>();
    for (FollowedVersion version : followed) {
      Definition definition =
          version.definitionId() == null ? null : definitions.getIfPresent(version.definitionId());
      if (definition == null) {
        unknown.add(version);
      } else {
        found.put(version, definition);
      }
    }
    if (!unknown.isEmpty()) {
      Map<VersionKey, Definition> read =
          known(unknown.stream().map(FollowedVersion::key).collect(Collectors.toSet()));
      for (FollowedVersion version : unknown) {
        Definition definition = read.get(version.key());
        if (definition != null) {
          found.put(version, definition);
        }
      }
    }
    return found;
  }

  private static <K> Map<K, Definition> whole(Collection<K> wanted, Map<K, Definition> found) {
    if (!found.keySet().containsAll(wanted)) {
      Set<K> missing = new HashSet<>(wanted);
      missing.removeAll(found.keySet());
      throw new TryAgainException("Campaign versions have not arrived yet: " + missing);
    }
    return found;
  }

  private Map<VersionKey, Definition> known(Collection<VersionKey> keys) {
    Map<VersionKey, Definition> found = HashMap.newHashMap(keys.size());
    Set<VersionKey> unknown = new HashSet<>();
    for (VersionKey key : keys) {
      Definition definition = versions.getIfPresent(key);
      if (definition == null) {
        unknown.add(key);
      } else {
        found.put(key, definition);
      }
    }
    if (!unknown.isEmpty()) {
      Map<VersionKey, Definition> read = read(unknown);
      versions.putAll(read);
      found.putAll(read);
    }
    return found;
  }

  /** Reads of each definition that is not in memory the text of one version that has it. */
  private Map<VersionKey, Definition> read(Set<VersionKey> keys) {
    Map<VersionKey, UUID> ids = campaigns.definitionIds(keys);
    Map<UUID, Definition> byId = new HashMap<>(definitions.getAllPresent(Set.copyOf(ids.values())));
    Map<UUID, VersionKey> unread = new HashMap<>();
    ids.forEach(
        (key, id) -> {
          if (!byId.containsKey(id)) {
            unread.put(id, key);
          }
        });
    if (!unread.isEmpty()) {
      Map<VersionKey, String> texts = campaigns.definitions(unread.values());
      unread.forEach(
          (id, key) -> {
            String text = texts.get(key);
            if (text != null) {
              Definition definition = new Definition(id, documents.campaign(text));
              byId.put(id, definition);
              definitions.put(id, definition);
            }
          });
    }
    Map<VersionKey, Definition> found = HashMap.newHashMap(ids.size());
    ids.forEach(
        (key, id) -> {
          Definition definition = byId.get(id);
          if (definition != null) {
            found.put(key, definition);
          }
        });
    return found;
  }
}
