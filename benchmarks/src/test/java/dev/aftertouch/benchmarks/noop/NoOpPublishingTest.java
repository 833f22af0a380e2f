package dev.aftertouch.benchmarks.noop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.facts.Channel;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;

class NoOpPublishingTest {
  private static final Map<String, Object> SETTINGS = Map.of("acks", "all");

  private static final Instant DUE = Instant.parse("2026-03-10T16:00:00Z");

  private final NoOpPublishing noOp = new NoOpPublishing();

  @AfterEach
  void forget() {
    System.clearProperty(NoOpPublishing.COUNTS);
  }

  @Test
  void acknowledgesAtOnceAndTellsWhatItSaw(@TempDir Path directory) throws Exception {
    Path counts = directory.resolve("counts");
    System.setProperty(NoOpPublishing.COUNTS, counts.toString());
    UUID touch = new UUID(1, 1);

    try (Producer<String, Object> producer = producers().createProducer()) {
      assertThat(producer.partitionsFor(Topics.TOUCHES_DUE)).hasSize(4);
      producer.send(due(touch, 0)).get(1, TimeUnit.SECONDS);
      producer.send(due(touch, 1)).get(1, TimeUnit.SECONDS);
    }
    try (Producer<String, Object> producer = producers().createProducer()) {
      producer.send(due(touch, 1)).get(1, TimeUnit.SECONDS);
      producer.flush();
    }
    noOp.destroy();

    assertThat(Files.readString(counts)).isEqualTo("2 1");
  }

  @Test
  void keepsTheSettingsOfWhatItReplacesAndLeavesOthersAlone() {
    assertThat(producers().getConfigurationProperties()).isEqualTo(SETTINGS);
    ProducerFactory<String, Object> other = new DefaultKafkaProducerFactory<>(SETTINGS);
    assertThat(noOp.postProcessAfterInitialization(other, "rawProducers")).isSameAs(other);
  }

  @SuppressWarnings("unchecked")
  private ProducerFactory<String, Object> producers() {
    return (ProducerFactory<String, Object>)
        noOp.postProcessAfterInitialization(
            new DefaultKafkaProducerFactory<String, Object>(SETTINGS), "factProducers");
  }

  private static ProducerRecord<String, Object> due(UUID touchId, int round) {
    UUID other = new UUID(2, 2);
    TouchDue touch =
        new TouchDue(
            touchId,
            round,
            other,
            other,
            other,
            1,
            null,
            other,
            1L,
            "touch-1",
            1,
            Channel.SMS,
            DUE,
            DUE,
            null,
            null,
            null,
            null);
    return new ProducerRecord<>(Topics.TOUCHES_DUE, "customer", touch);
  }
}
