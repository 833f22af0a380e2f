package dev.aftertouch.service.outbox;

import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Facts that become true with the surrounding transaction, for paths of low rate. The relay
 * publishes them in the order of their ids; facts about one thing stay in order because whoever
 * changes it holds its row lock.
 */
public final class Outbox {
  private final JdbcClient jdbc;
  private final Serializer<Object> serializer;
  private final Runnable committed;

  Outbox(JdbcClient jdbc, Serializer<Object> serializer, Runnable committed) {
    this.jdbc = jdbc;
    this.serializer = serializer;
    this.committed = committed;
  }

  /**
   * Adds a fact whose key decides its partition. Must be called inside a transaction of {@code
   * Tenancy}.
   */
  public void add(UUID business, String topic, String key, SpecificRecord value) {
    add(business, topic, key, key, value);
  }

  /**
   * Adds a fact.
   *
   * @param partitionKey decides the partition, so that different keys can stay in order
   * @param value null is a tombstone
   */
  public void add(
      UUID business,
      String topic,
      String partitionKey,
      String key,
      @Nullable SpecificRecord value) {
    jdbc.sql(
            """
            INSERT INTO outbox (business_id, topic, partition_key, key, value)
            VALUES (:business, :topic, :partitionKey, :key, :value)
            """)
        .param("business", business)
        .param("topic", topic)
        .param("partitionKey", partitionKey)
        .param("key", key)
        .param(
            "value",
            value == null ? null : serializer.serialize(topic, value),
            java.sql.Types.BINARY)
        .update();
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            committed.run();
          }
        });
  }
}
