package dev.aftertouch.service.kafka;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A fact on its way out.
 *
 * @param partitionKey decides the partition in place of the key, so that different keys can stay in
 *     order; null means the key
 */
public record Outgoing(
    String topic, String key, SpecificRecord value, @Nullable String partitionKey) {
  /** A fact whose key decides its partition. */
  public static Outgoing of(String topic, String key, SpecificRecord value) {
    return new Outgoing(topic, key, value, null);
  }
}
