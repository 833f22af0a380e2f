package dev.aftertouch.service.kafka;

import com.microsoft.kiota.ApiException;
import dev.aftertouch.facts.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.log.LogAccessor;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.support.serializer.DeserializationException;
import org.springframework.kafka.support.serializer.SerializationUtils;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Every listener's way to treat a batch.
 *
 * <ul>
 *   <li>A record that cannot be decoded goes to the topic's dead letters with the reason in its
 *       headers; the rest goes on.
 *   <li>The handler gets the decoded values in order and works in its own transaction: all or
 *       nothing.
 *   <li>A record whose schema cannot be asked for, because the registry is away, is fetched again,
 *       and so is all that follows it, for as long as it takes.
 *   <li>A passing fault (database or broker away, lock not available) leaves this method as the
 *       exception it is: the container keeps the offsets and hands the same batch in again, for as
 *       long as it takes. Order is kept; nothing is skipped.
 *   <li>Any other exception is a poison record: the batch is halved until the culprit stands alone,
 *       and that goes to the dead letters.
 * </ul>
 *
 * A dead letter that cannot be published counts as a passing fault: it blocks and is never lost.
 */
public final class Batches {
  private static final LogAccessor LOGS = new LogAccessor(Batches.class);
  private static final Logger log = LoggerFactory.getLogger(Batches.class);
  private static final long PATIENCE_SECONDS = 30;

  private final ProducerFactory<byte[], byte[]> producers;
  private final TraceHeaders traces;
  private final MeterRegistry meters;

  Batches(ProducerFactory<byte[], byte[]> producers, TraceHeaders traces, MeterRegistry meters) {
    this.producers = producers;
    this.traces = traces;
    this.meters = meters;
  }

  /**
   * Treats the records of one topic; returns when all are worked in or are dead letters. A {@link
   * BatchListenerFailedException} tells a place among them, before which all is done: a listener
   * that hands in only a part of the container's batch must not let it through.
   */
  public <T> void process(List<ConsumerRecord<String, T>> records, Consumer<List<T>> handler) {
    processRecords(
        records, readable -> handler.accept(readable.stream().map(ConsumerRecord::value).toList()));
  }

  /**
   * The same for a handler that keeps the offsets itself, in the transaction of what it writes. The
   * records that it gets have a value.
   */
  public <T> void processRecords(
      List<ConsumerRecord<String, T>> records, Consumer<List<ConsumerRecord<String, T>>> handler) {
    if (records.isEmpty()) {
      return;
    }
    String topic = records.getFirst().topic();
    traces.follow(
        records,
        "process " + topic,
        () -> {
          List<ConsumerRecord<String, T>> readable = new ArrayList<>(records.size());
          for (ConsumerRecord<String, T> record : records) {
            if (record.value() != null) {
              readable.add(record);
            } else if (isUndecodable(record)) {
              Throwable reason = undecodable(record);
              if (isAway(reason)) {
                handle(readable, handler);
                throw fetchAgain(records.indexOf(record));
              }
              bury(record, reason);
            }
          }
          handle(readable, handler);
        });
    counter("aftertouch.records", topic).increment(records.size());
  }

  /** The records from this one on are fetched anew: what was fetched stays undecoded for ever. */
  private static RuntimeException fetchAgain(int index) {
    return new BatchListenerFailedException(
        "A schema could not be asked for",
        new TryAgainException("The schema registry is away"),
        index);
  }

  private <T> void handle(
      List<ConsumerRecord<String, T>> records, Consumer<List<ConsumerRecord<String, T>>> handler) {
    if (records.isEmpty()) {
      return;
    }
    try {
      handler.accept(records);
    } catch (RuntimeException failure) {
      if (passes(failure)) {
        throw failure;
      }
      if (records.size() == 1) {
        bury(records.getFirst(), failure);
        return;
      }
      int middle = records.size() / 2;
      handle(records.subList(0, middle), handler);
      handle(records.subList(middle, records.size()), handler);
    }
  }

  /** Whether the same batch may succeed later without anybody's help. */
  static boolean passes(@Nullable Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof TryAgainException
          || t instanceof TransientDataAccessException
          || t instanceof RecoverableDataAccessException
          || t instanceof NonTransientDataAccessResourceException
          || t instanceof CannotCreateTransactionException
          || t instanceof TransactionSystemException
          || (t instanceof KafkaException && !(t instanceof DeserializationException))
          || t instanceof IOException
          || t instanceof TimeoutException
          || t instanceof org.apache.kafka.common.errors.RetriableException
          || isOfRegistryAway(t)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whoever publishes asks the registry for the schema's number. A call that did not come back is
   * told by an {@link ExecutionException}, a refusal by an {@link ApiException} below 500.
   */
  private static boolean isOfRegistryAway(Throwable failure) {
    return failure instanceof ApiException answer
        ? answer.getResponseStatusCode() >= 500
        : failure instanceof ExecutionException && !(failure.getCause() instanceof ApiException);
  }

  private static boolean isUndecodable(ConsumerRecord<?, ?> record) {
    return record.headers().lastHeader(SerializationUtils.VALUE_DESERIALIZER_EXCEPTION_HEADER)
        != null;
  }

  private static Throwable undecodable(ConsumerRecord<?, ?> record) {
    var header =
        record.headers().lastHeader(SerializationUtils.VALUE_DESERIALIZER_EXCEPTION_HEADER);
    var exception = SerializationUtils.byteArrayToDeserializationException(LOGS, header);
    return exception == null
        ? new IllegalArgumentException("The value cannot be decoded")
        : exception;
  }

  private static boolean isAway(Throwable reason) {
    return reason.getCause() instanceof FactDeserializer.RegistryAwayException;
  }

  private void bury(ConsumerRecord<String, ?> record, Throwable reason) {
    String topic = record.topic() + Topics.DEAD_LETTERS;
    log.error(
        "Record {}-{}@{} goes to {}: {}",
        record.topic(),
        record.partition(),
        record.offset(),
        topic,
        reason.getClass().getSimpleName(),
        reason);
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            topic,
            null,
            record.key() == null ? null : utf8(record.key()),
            originalBytes(record, reason));
    letter
        .headers()
        .add("aftertouch-reason", utf8(reason.getClass().getName() + ": " + reason.getMessage()));
    letter
        .headers()
        .add(
            "aftertouch-origin",
            utf8(record.topic() + "-" + record.partition() + "@" + record.offset()));
    try (Producer<byte[], byte[]> producer = producers.createProducer()) {
      producer.send(letter).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException unacknowledged) {
      throw new KafkaException("The dead letter could not be published", unacknowledged);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while publishing a dead letter", interrupted);
    }
    counter("aftertouch.dead.letters", record.topic()).increment();
  }

  private static byte @Nullable [] originalBytes(
      ConsumerRecord<String, ?> record, Throwable reason) {
    if (reason instanceof DeserializationException undecodable) {
      return undecodable.getData();
    }
    return record.value() instanceof org.apache.avro.specific.SpecificRecord value
        ? utf8(value.toString())
        : null;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Counter counter(String name, String topic) {
    return meters.counter(name, "topic", topic);
  }
}
