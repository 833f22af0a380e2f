package dev.aftertouch.enrollment.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.definition.CampaignDefinition;
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

  private static final int MOST_VERSIONS = 200_000;

  private record ReadSettings(long revision, BusinessSettings settings) {}

  private final DirectoryLock lock;
  private final Businesses businesses;
  private final Campaigns campaigns;
  private final Documents documents;
  private final ReplicaProgress progress;

  /** By the SHA-256 of what is written: most businesses send what they found in a template. */
  private final Cache<String, CampaignDefinition> definitions =
      Caffeine.newBuilder().maximumSize(MOST_DEFINITIONS).build();

  /** Of those definitions only. */
  private final Cache<VersionKey, CampaignDefinition> versions =
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
  public Map<VersionKey, CampaignDefinition> definitions(Collection<VersionKey> keys) {
    Map<VersionKey, CampaignDefinition> found = knownDefinitions(keys);
    if (!found.keySet().containsAll(keys)) {
      Set<VersionKey> missing = new HashSet<>(keys);
      missing.removeAll(found.keySet());
      throw new TryAgainException("Campaign versions have not arrived yet: " + missing);
    }
    return found;
  }

  /** The definitions of those versions that are here. */
  public Map<VersionKey, CampaignDefinition> knownDefinitions(Collection<VersionKey> keys) {
    Map<VersionKey, CampaignDefinition> found = new HashMap<>();
    Set<VersionKey> missing = new HashSet<>();
    for (VersionKey key : keys) {
      CampaignDefinition definition = versions.getIfPresent(key);
      if (definition == null) {
        missing.add(key);
      } else {
        found.put(key, definition);
      }
    }
    if (!missing.isEmpty()) {
      read(missing)
          .forEach(
              (key, definition) -> {
                versions.put(key, definition);
                found.put(key, definition);
              });
    }
    return found;
  }

  /** Reads of each definition that is not in memory the text of one version that has it. */
  private Map<VersionKey, CampaignDefinition> read(Set<VersionKey> keys) {
    Map<VersionKey, String> digests = campaigns.digests(keys);
    Map<String, CampaignDefinition> byDigest =
        new HashMap<>(definitions.getAllPresent(Set.copyOf(digests.values())));
    Map<String, VersionKey> unread = new HashMap<>();
    digests.forEach(
        (key, digest) -> {
          if (!byDigest.containsKey(digest)) {
            unread.put(digest, key);
          }
        });
    if (!unread.isEmpty()) {
      campaigns
          .definitions(unread.values())
          .forEach((key, text) -> byDigest.put(digests.get(key), documents.campaign(text)));
      definitions.putAll(byDigest);
    }
    Map<VersionKey, CampaignDefinition> found = HashMap.newHashMap(digests.size());
    digests.forEach(
        (key, digest) -> {
          CampaignDefinition definition = byDigest.get(digest);
          if (definition != null) {
            found.put(key, definition);
          }
        });
    return found;
  }
}
