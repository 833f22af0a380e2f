package dev.aftertouch.benchmarks.noop;

import dev.aftertouch.facts.TouchDue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.kafka.core.ProducerFactory;

/**
 * The no-op handler for our own engine: a producer that acknowledges at once and notes which touch
 * it was handed. Everything before it is the service as it is. Facts are built and not encoded.
 *
 * <p>When the service stops it writes how many touches it saw, and how many rounds of a touch more
 * than once, to the file that the system property names.
 */
@AutoConfiguration
public class NoOpPublishing implements BeanPostProcessor, DisposableBean {
  /** The system property with the path of that file. */
  public static final String COUNTS = "aftertouch.bench.counts";

  private static final String REPLACED = "factProducers";
  private static final int PARTITIONS = 4;

  private final Set<Map.Entry<Object, Integer>> seen = ConcurrentHashMap.newKeySet();
  private final AtomicLong twice = new AtomicLong();

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return name.equals(REPLACED) && bean instanceof ProducerFactory<?, ?> real
        ? new Producers(real.getConfigurationProperties(), seen, twice)
        : bean;
  }

  @Override
  public void destroy() throws IOException {
    String counts = System.getProperty(COUNTS);
    if (counts != null) {
      Files.writeString(Path.of(counts), seen.size() + " " + twice.get());
    }
  }

  /** In place of those of the facts; others ask it for their settings. */
  record Producers(
      Map<String, Object> getConfigurationProperties,
      Set<Map.Entry<Object, Integer>> seen,
      AtomicLong twice)
      implements ProducerFactory<String, Object> {
    @Override
    public Producer<String, Object> createProducer() {
      return new Acknowledging(seen, twice);
    }
  }

  /** Knows the partitions that the service asks for, and keeps nothing. */
  static final class Acknowledging extends MockProducer<String, Object> {
    private final Set<Map.Entry<Object, Integer>> seen;
    private final AtomicLong twice;

    Acknowledging(Set<Map.Entry<Object, Integer>> seen, AtomicLong twice) {
      this.seen = seen;
      this.twice = twice;
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<String, Object> record) {
      if (record.value() instanceof TouchDue due
          && !seen.add(Map.entry(due.getTouchId(), due.getRound()))) {
        twice.incrementAndGet();
      }
      return CompletableFuture.completedFuture(
          new RecordMetadata(new TopicPartition(record.topic(), 0), 0, 0, 0, 0, 0));
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
      return IntStream.range(0, PARTITIONS)
          .mapToObj(
              number -> new PartitionInfo(topic, number, Node.noNode(), new Node[0], new Node[0]))
          .toList();
    }
  }
}
