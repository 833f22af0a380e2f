package dev.aftertouch.service.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.utils.Utils;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.ProducerFactory;

/** Publishes facts and knows that the broker has them. Nothing is ever sent and forgotten. */
public final class Publisher {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ProducerFactory<String, Object> producers;
  private final TraceHeaders traces;

  Publisher(ProducerFactory<String, Object> producers, TraceHeaders traces) {
    this.producers = producers;
    this.traces = traces;
  }

  /**
   * Publishes all and waits until every one is acknowledged by all in-sync replicas. Throws a
   * {@link KafkaException}, which is retriable, when one is not: then some may have been published,
   * and the caller publishes all again.
   */
  public void publishAndAwait(List<Outgoing> facts) {
    if (facts.isEmpty()) {
      return;
    }
    traces.lead("publish " + facts.getFirst().topic(), facts.size(), () -> sendAndAwait(facts));
  }

  private void sendAndAwait(List<Outgoing> facts) {
    try (Producer<String, Object> producer = producers.createProducer()) {
      List<Future<RecordMetadata>> acknowledgements = new ArrayList<>(facts.size());
      for (Outgoing fact : facts) {
        acknowledgements.add(producer.send(record(producer, fact)));
      }
      producer.flush();
      for (Future<RecordMetadata> acknowledgement : acknowledgements) {
        acknowledgement.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException | TimeoutException unacknowledged) {
      throw new KafkaException(
          "The broker did not acknowledge all " + facts.size() + " facts", unacknowledged);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while awaiting the broker", interrupted);
    }
  }

  private ProducerRecord<String, Object> record(Producer<String, Object> producer, Outgoing fact) {
    Integer partition =
        fact.partitionKey() == null
            ? null
            : Utils.toPositive(Utils.murmur2(fact.partitionKey().getBytes(StandardCharsets.UTF_8)))
                % producer.partitionsFor(fact.topic()).size();
    ProducerRecord<String, Object> record =
        new ProducerRecord<>(fact.topic(), partition, fact.key(), fact.value());
    traces.inject(record.headers());
    return record;
  }
}
