package dev.aftertouch.analytics.projecting;

import dev.aftertouch.facts.BusinessFact;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Hands facts to the fold as records of topics that nobody else reads. */
final class Folding {
  private static final AtomicInteger LANES = new AtomicInteger(1_000);
  private final Fold fold;
  private final int lane = LANES.incrementAndGet();
  private long next;

  Folding(Fold fold, Tenancy tenancy, Consumed consumed) {
    this.fold = fold;
    tenancy.asWorker(
        () ->
            consumed.positions(
                List.of(
                    new TopicPartition("test-facts", lane),
                    new TopicPartition("test-businesses", lane))));
  }

  /** The facts as records, in that order. */
  List<ConsumerRecord<String, Object>> records(Collection<?> facts) {
    List<ConsumerRecord<String, Object>> records = new ArrayList<>();
    for (Object fact : facts) {
      String topic = fact instanceof BusinessFact ? "test-businesses" : "test-facts";
      records.add(new ConsumerRecord<>(topic, lane, next++, "key", fact));
    }
    return records;
  }

  void fold(Collection<?> facts) {
    fold(records(facts), Integer.MAX_VALUE);
  }

  void fold(List<ConsumerRecord<String, Object>> records, int batch) {
    for (int from = 0; from < records.size(); from += batch) {
      fold.fold(records.subList(from, (int) Math.min(records.size(), (long) from + batch)));
      if (batch == Integer.MAX_VALUE) {
        return;
      }
    }
  }
}
