package dev.aftertouch.analytics.projecting;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aftertouch.analytics.Facts;
import dev.aftertouch.analytics.RunningAnalytics;
import dev.aftertouch.service.kafka.FactDeserializer;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;

class FactsListenerTest extends RunningAnalytics {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @Autowired private FactsListener listener;
  @Autowired private Fold fold;
  @Autowired private Tenancy tenancy;
  @Autowired private Consumed consumed;

  /** Cannot ask for a schema. */
  public static final class Cut implements Deserializer<Object> {
    @Override
    public Object deserialize(String topic, byte[] data) {
      throw new IllegalStateException(new ExecutionException(new IllegalStateException("cut")));
    }
  }

  /**
   * The container takes what stands before the place that it is told for done. Here that would be
   * the first record, whose topic has its turn after the one that fails.
   */
  @Test
  void hasTheWholeBatchFetchedAgainWhenASchemaCannotBeAskedFor() {
    UUID business = UUID.randomUUID();
    Object outcome = new Facts(business, UUID.randomUUID(), UUID.randomUUID(), NOON).sent(1, NOON);
    Object deleted = Facts.businessDeleted(business, 1);
    List<ConsumerRecord<String, Object>> records =
        new Folding(fold, tenancy, consumed).records(List.of(outcome, deleted, deleted));

    assertThatExceptionOfType(BatchListenerFailedException.class)
        .isThrownBy(
            () -> listener.on(List.of(records.get(0), records.get(1), undecoded(records.get(2)))))
        .returns(0, BatchListenerFailedException::getIndex);
  }

  private static ConsumerRecord<String, Object> undecoded(ConsumerRecord<String, Object> record) {
    RecordHeaders headers = new RecordHeaders();
    try (ErrorHandlingDeserializer<Object> decoding =
        new ErrorHandlingDeserializer<>(new FactDeserializer())) {
      decoding.configure(Map.of("aftertouch.value.deserializer", Cut.class.getName()), false);
      Object none = decoding.deserialize(record.topic(), headers, new byte[] {0});
      ConsumerRecord<String, Object> undecoded =
          new ConsumerRecord<>(
              record.topic(), record.partition(), record.offset(), record.key(), none);
      headers.forEach(undecoded.headers()::add);
      return undecoded;
    }
  }
}
