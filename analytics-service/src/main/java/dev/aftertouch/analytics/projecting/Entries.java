package dev.aftertouch.analytics.projecting;

import dev.aftertouch.facts.Channel;
import dev.aftertouch.facts.Engagement;
import dev.aftertouch.facts.EngagementKind;
import dev.aftertouch.facts.EnrollmentCompleted;
import dev.aftertouch.facts.EnrollmentFact;
import dev.aftertouch.facts.EnrollmentRefused;
import dev.aftertouch.facts.EnrollmentStarted;
import dev.aftertouch.facts.EnrollmentStopped;
import dev.aftertouch.facts.TouchDeferred;
import dev.aftertouch.facts.TouchFailed;
import dev.aftertouch.facts.TouchOutcome;
import dev.aftertouch.facts.TouchSent;
import dev.aftertouch.facts.TouchSkipped;
import dev.aftertouch.facts.TouchUnknown;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the facts of one batch add to timelines, each fact once, in the order of the keys. Facts
 * that name no enrollment belong to no timeline: refusals, and what came back for no message. Of
 * erased customers' enrollments nothing is told.
 */
final class Entries {
  private record Key(EnrollmentKey enrollment, UUID factId) {}

  private final Set<EnrollmentKey> erased;
  private final Map<Key, Entry> entries =
      new TreeMap<>(Comparator.comparing(Key::enrollment).thenComparing(Key::factId));

  Entries(Set<EnrollmentKey> erased) {
    this.erased = erased;
  }

  Collection<Entry> all() {
    return entries.values();
  }

  void add(EnrollmentFact fact) {
    if (fact.getEnrollmentId() == null || fact.getFact() instanceof EnrollmentRefused) {
      return;
    }
    Details details = new Details();
    String reason = null;
    String kind =
        switch (fact.getFact()) {
          case EnrollmentStarted started -> {
            details.put("job_id", fact.getJobId());
            details.put("service_type", fact.getServiceType());
            details.put("campaign_id", fact.getCampaignId());
            details.put("version", started.getVersion());
            details.put("source", started.getSource());
            details.put("touches", started.getTouches().size());
            yield "enrolled";
          }
          case EnrollmentStopped stopped -> {
            reason = stopped.getReason();
            details.put("stopped_by", stopped.getStoppedBy());
            details.put("touches_completed", stopped.getTouchesCompleted());
            yield "stopped";
          }
          case EnrollmentCompleted completed -> {
            details.put("touches_completed", completed.getTouchesCompleted());
            yield "completed";
          }
          default -> throw unknown(fact.getFact());
        };
    see(
        new Entry(
            new EnrollmentKey(fact.getBusinessId(), fact.getEnrollmentId()),
            fact.getFactId(),
            fact.getOccurredAt(),
            kind,
            null,
            null,
            null,
            reason,
            null,
            details.values));
  }

  void add(TouchOutcome fact) {
    if (fact.getOutcome() instanceof TouchSent) {
      return; // The touch's own row tells it.
    }
    Details details = new Details();
    details.put("step_id", fact.getStepId());
    switch (fact.getOutcome()) {
      case TouchDeferred deferred -> {
        details.values.putAll(deferred.getEvidence());
        see(fact, "held", deferred.getReason(), deferred.getUntil(), details);
      }
      case TouchSkipped skipped -> {
        details.values.putAll(skipped.getEvidence());
        see(fact, "skipped", skipped.getReason(), null, details);
      }
      case TouchFailed failed -> {
        details.put("provider", failed.getProvider());
        details.put("provider_code", failed.getProviderCode());
        see(fact, "failed", failed.getReason(), null, details);
      }
      case TouchUnknown lost -> {
        details.put("provider", lost.getProvider());
        see(fact, "unknown", lost.getReason(), null, details);
      }
      default -> throw unknown(fact.getOutcome());
    }
  }

  void add(Engagement fact) {
    if (fact.getEnrollmentId() == null || fact.getKind() == EngagementKind.UNKNOWN) {
      return;
    }
    Details details = new Details();
    details.put("link", fact.getLink());
    see(
        new Entry(
            new EnrollmentKey(fact.getBusinessId(), fact.getEnrollmentId()),
            fact.getEngagementId(),
            fact.getOccurredAt(),
            fact.getKind().name().toLowerCase(Locale.ROOT),
            fact.getNumber(),
            code(fact.getChannel()),
            null,
            null,
            null,
            details.values));
  }

  /** A touch and round has one answer of each kind: unknown, and later what was found out. */
  private void see(
      TouchOutcome fact,
      String kind,
      @Nullable String reason,
      @Nullable Instant until,
      Details details) {
    see(
        new Entry(
            new EnrollmentKey(fact.getBusinessId(), fact.getEnrollmentId()),
            UUID.nameUUIDFromBytes(
                (fact.getTouchId() + "/" + fact.getRound() + "/" + kind)
                    .getBytes(StandardCharsets.UTF_8)),
            fact.getDecidedAt(),
            kind,
            fact.getNumber(),
            code(fact.getChannel()),
            fact.getRound(),
            reason,
            until,
            details.values));
  }

  private void see(Entry entry) {
    if (!erased.contains(entry.enrollment())) {
      entries.merge(new Key(entry.enrollment(), entry.factId()), entry, Entry::or);
    }
  }

  private static @Nullable String code(Channel channel) {
    return switch (channel) {
      case EMAIL -> "email";
      case SMS -> "sms";
      case UNKNOWN -> null;
    };
  }

  private static IllegalArgumentException unknown(Object branch) {
    return new IllegalArgumentException("Unknown fact " + branch.getClass().getSimpleName());
  }

  /** Texts by name; what is absent is left out. */
  private static final class Details {
    private final Map<String, String> values = new HashMap<>();

    void put(String name, @Nullable Object value) {
      if (value != null) {
        values.put(name, value.toString());
      }
    }
  }
}
