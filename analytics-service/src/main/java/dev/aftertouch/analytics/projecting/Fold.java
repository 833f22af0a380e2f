package dev.aftertouch.analytics.projecting;

import dev.aftertouch.facts.BusinessFact;
import dev.aftertouch.facts.CampaignFact;
import dev.aftertouch.facts.CustomerDataErased;
import dev.aftertouch.facts.Engagement;
import dev.aftertouch.facts.EnrollmentFact;
import dev.aftertouch.facts.TouchOutcome;
import dev.aftertouch.service.kafka.TryAgainException;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Works a batch into the projections: rows, counts and offsets in one transaction. */
@Component
class Fold {
  private final Tenancy tenancy;
  private final Consumed consumed;
  private final Businesses businesses;
  private final Standings standings;
  private final Enrollments enrollments;
  private final Touches touches;
  private final CountTables countTables;
  private final Timeline timeline;
  private final Erasures erasures;

  Fold(
      Tenancy tenancy,
      Consumed consumed,
      Businesses businesses,
      Standings standings,
      Enrollments enrollments,
      Touches touches,
      CountTables countTables,
      Timeline timeline,
      Erasures erasures) {
    this.tenancy = tenancy;
    this.consumed = consumed;
    this.businesses = businesses;
    this.standings = standings;
    this.enrollments = enrollments;
    this.touches = touches;
    this.countTables = countTables;
    this.timeline = timeline;
    this.erasures = erasures;
  }

  /**
   * Works in the records of one topic that are not worked in yet. Facts that a crash had told twice
   * are rare: only a batch that meets one looks for each fact whether it is known.
   */
  void fold(List<ConsumerRecord<String, Object>> records) {
    try {
      fold(records, timeline::add);
    } catch (DuplicateKeyException toldAgain) {
      foldKnown(records);
    }
  }

  private void foldKnown(List<ConsumerRecord<String, Object>> records) {
    try {
      fold(records, timeline::addPerhapsAgain);
    } catch (DuplicateKeyException meanwhile) {
      throw new TryAgainException("Another lane has just told facts of this batch", meanwhile);
    }
  }

  private void fold(
      List<ConsumerRecord<String, Object>> records, Consumer<Collection<Entry>> tell) {
    tenancy.asWorker(
        () -> {
          List<ConsumerRecord<String, Object>> fresh = lockAndFilter(records);
          if (!fresh.isEmpty()) {
            work(fresh.stream().map(ConsumerRecord::value).toList(), tell);
            consumed.advance(after(fresh));
          }
        });
  }

  /** Leaves records behind that became dead letters. */
  void pass(List<ConsumerRecord<String, Object>> records) {
    tenancy.asWorker(() -> consumed.advance(after(records)));
  }

  private List<ConsumerRecord<String, Object>> lockAndFilter(
      List<ConsumerRecord<String, Object>> records) {
    Map<TopicPartition, Long> next =
        consumed.lock(records.stream().map(ConsumerRecord::partition).distinct().sorted().toList());
    List<ConsumerRecord<String, Object>> fresh = new ArrayList<>(records.size());
    for (ConsumerRecord<String, Object> record : records) {
      Long from = next.get(new TopicPartition(record.topic(), record.partition()));
      if (from == null) {
        throw new TryAgainException(
            "The projections were emptied by another instance; wait for the new assignment");
      }
      if (record.offset() >= from) {
        fresh.add(record);
      }
    }
    return fresh;
  }

  private static Map<TopicPartition, Long> after(List<ConsumerRecord<String, Object>> records) {
    Map<TopicPartition, Long> next = new HashMap<>();
    records.forEach(
        record ->
            next.merge(
                new TopicPartition(record.topic(), record.partition()),
                record.offset() + 1,
                Math::max));
    return next;
  }

  private void work(List<Object> facts, Consumer<Collection<Entry>> tell) {
    List<BusinessFact> ofBusinesses = only(BusinessFact.class, facts);
    standings.businesses(ofBusinesses);
    List<Object> others = facts.stream().filter(fact -> !(fact instanceof BusinessFact)).toList();
    if (!others.isEmpty()) {
      workForPresent(others, tell);
    }
  }

  private void workForPresent(List<Object> facts, Consumer<Collection<Entry>> tell) {
    Set<UUID> deleted =
        businesses.deletedAmong(facts.stream().map(Fold::businessOf).collect(Collectors.toSet()));
    List<Object> present =
        facts.stream().filter(fact -> !deleted.contains(businessOf(fact))).toList();
    standings.campaigns(only(CampaignFact.class, present));
    Set<EnrollmentKey> erased =
        erasures.among(
            present.stream()
                .map(Fold::enrollmentOf)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet()));
    Sightings seen = new Sightings(erased);
    Entries entries = new Entries(erased);
    for (Object fact : present) {
      switch (fact) {
        case EnrollmentFact enrollment -> {
          seen.add(enrollment);
          entries.add(enrollment);
        }
        case TouchOutcome outcome -> {
          seen.add(outcome);
          entries.add(outcome);
        }
        case Engagement engagement -> {
          seen.add(engagement);
          entries.add(engagement);
        }
        case CampaignFact ignored -> {}
        case CustomerDataErased ignored -> {}
        default -> throw unknown(fact);
      }
    }
    Counts counts = merge(seen);
    tell.accept(entries.all());
    erasures.apply(only(CustomerDataErased.class, present));
    // Last, because lanes share these rows: one waits for the other from here until its commit.
    countTables.add(counts);
  }

  private static <T> List<T> only(Class<T> type, List<Object> facts) {
    return facts.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private Counts merge(Sightings seen) {
    Counts counts = new Counts();
    Map<EnrollmentKey, Boolean> ended = new HashMap<>();
    for (Changed<Enrollment> change : enrollments.merge(seen.enrollments())) {
      ended.put(change.after().key(), change.after().hasEnded());
      if (change.before() != null) {
        change.before().contribute(-1, counts);
      }
      change.after().contribute(1, counts);
    }
    Set<EnrollmentKey> perhapsCancelled =
        ended.entrySet().stream()
            .filter(Map.Entry::getValue)
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(HashSet::new));
    for (Changed<Touch> change : touches.merge(seen.touches())) {
      count(change, counts);
      EnrollmentKey enrollment = change.after().key().enrollment();
      if (change.after().isPending() && ended.getOrDefault(enrollment, true)) {
        perhapsCancelled.add(enrollment);
      }
    }
    touches
        .cancel(perhapsCancelled.stream().sorted().toList())
        .forEach(change -> count(change, counts));
    enrollments
        .addRefusals(seen.refused())
        .forEach(
            refused ->
                counts.add(
                    new Counts.OfEnrollment(
                        refused.businessId(), refused.campaignId(), "refused", refused.reason()),
                    1));
    return counts;
  }

  private static void count(Changed<Touch> change, Counts counts) {
    if (change.before() != null) {
      change.before().contribute(-1, counts);
    }
    change.after().contribute(1, counts);
  }

  private static UUID businessOf(Object fact) {
    return switch (fact) {
      case CampaignFact campaign -> campaign.getBusinessId();
      case EnrollmentFact enrollment -> enrollment.getBusinessId();
      case TouchOutcome outcome -> outcome.getBusinessId();
      case Engagement engagement -> engagement.getBusinessId();
      case CustomerDataErased erased -> erased.getBusinessId();
      default -> throw unknown(fact);
    };
  }

  private static Optional<EnrollmentKey> enrollmentOf(Object fact) {
    return Optional.ofNullable(
            switch (fact) {
              case EnrollmentFact enrollment -> enrollment.getEnrollmentId();
              case TouchOutcome outcome -> outcome.getEnrollmentId();
              case Engagement engagement -> engagement.getEnrollmentId();
              default -> null;
            })
        .map(id -> new EnrollmentKey(businessOf(fact), id));
  }

  private static IllegalArgumentException unknown(Object fact) {
    return new IllegalArgumentException("Not a fact of ours: " + fact.getClass().getName());
  }
}
