package dev.aftertouch.service.kafka;

import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TrustedFacts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;
import org.springframework.util.backoff.ExponentialBackOff;

/** Topics, producers and batch listeners, tuned for batches: see docs/architecture.md. */
@AutoConfiguration(
    beforeName = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration")
@ConditionalOnProperty("aftertouch.kafka.bootstrap-servers")
@EnableConfigurationProperties(FactsProperties.class)
@EnableKafka
public class KafkaAutoConfiguration {
  static {
    TrustedFacts.vouch();
  }

  @Bean
  KafkaAdmin kafkaAdmin(FactsProperties facts) {
    KafkaAdmin admin = new KafkaAdmin(Map.of("bootstrap.servers", facts.bootstrapServers()));
    admin.setFatalIfBrokerNotAvailable(true);
    return admin;
  }

  @Bean
  KafkaAdmin.NewTopics topics(FactsProperties facts) {
    return new KafkaAdmin.NewTopics(
        Topics.ALL.stream()
            .flatMap(
                topic ->
                    java.util.stream.Stream.of(newTopic(facts, topic), deadLetters(facts, topic)))
            .toArray(NewTopic[]::new));
  }

  private static NewTopic newTopic(FactsProperties facts, Topics.Topic topic) {
    TopicBuilder builder =
        TopicBuilder.name(topic.name())
            .partitions(facts.partitions())
            .replicas(facts.replication());
    // What an erasure replaced is gone from the log within a week of it.
    return topic.compacted()
        ? builder
            .compact()
            .config(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, "" + Duration.ofDays(7).toMillis())
            .build()
        : builder
            .config(
                TopicConfig.RETENTION_MS_CONFIG,
                "" + Duration.ofDays(topic.retentionDays()).toMillis())
            .build();
  }

  private static NewTopic deadLetters(FactsProperties facts, Topics.Topic topic) {
    return TopicBuilder.name(topic.name() + Topics.DEAD_LETTERS)
        .partitions(1)
        .replicas(facts.replication())
        .config(TopicConfig.RETENTION_MS_CONFIG, "" + Duration.ofDays(28).toMillis())
        .build();
  }

  /**
   * Confluent's wire format: magic byte 0, four bytes of schema id, Avro binary; subject {@code
   * <topic>-value}.
   */
  private static Map<String, Object> registry(FactsProperties facts) {
    Map<String, Object> config = new HashMap<>();
    config.put("apicurio.registry.url", facts.registryUrl());
    config.put("apicurio.registry.schema-resolver", RegistryResolver.class.getName());
    config.put("apicurio.registry.use-id", "contentId");
    config.put("apicurio.registry.id-handler", "io.apicurio.registry.serde.Default4ByteIdHandler");
    config.put("apicurio.registry.headers.enabled", false);
    config.put(
        "apicurio.registry.artifact-resolver-strategy",
        "io.apicurio.registry.serde.strategy.TopicIdStrategy");
    config.put("apicurio.registry.auto-register", true);
    config.put("apicurio.registry.auto-register.if-exists", "FIND_OR_CREATE_VERSION");
    config.put("apicurio.registry.use-specific-avro-reader", true);
    config.put("apicurio.registry.avro-datum-provider", FactDatumProvider.class.getName());
    config.put("apicurio.registry.check-period-ms", Duration.ofHours(1).toMillis());
    return config;
  }

  private static Map<String, Object> producer(FactsProperties facts) {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, facts.bootstrapServers());
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 16 * 1024 * 1024);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    return config;
  }

  @Bean
  ProducerFactory<String, Object> factProducers(FactsProperties facts) {
    Map<String, Object> config = producer(facts);
    config.putAll(registry(facts));
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, facts.valueSerializer());
    return new DefaultKafkaProducerFactory<>(config);
  }

  @Bean
  ProducerFactory<byte[], byte[]> rawProducers(FactsProperties facts) {
    return new DefaultKafkaProducerFactory<>(
        producer(facts), new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Bean
  TraceHeaders traceHeaders(ObjectProvider<Tracer> tracer, ObjectProvider<Propagator> propagator) {
    return new TraceHeaders(
        tracer.getIfAvailable(() -> Tracer.NOOP), propagator.getIfAvailable(() -> Propagator.NOOP));
  }

  @Bean
  Publisher publisher(
      @Qualifier("factProducers") ProducerFactory<String, Object> factProducers,
      TraceHeaders traces) {
    return new Publisher(factProducers, traces);
  }

  @Bean
  ReplicaProgress replicaProgress(FactsProperties facts) {
    return new ReplicaProgress(Map.of("bootstrap.servers", facts.bootstrapServers()));
  }

  @Bean
  Batches batches(
      @Qualifier("rawProducers") ProducerFactory<byte[], byte[]> rawProducers,
      TraceHeaders traces,
      MeterRegistry meters) {
    return new Batches(rawProducers, traces, meters);
  }

  @Bean
  ConsumerFactory<String, Object> factConsumers(FactsProperties facts, MeterRegistry meters) {
    Map<String, Object> config = new HashMap<>(registry(facts));
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, facts.bootstrapServers());
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, facts.batch());
    config.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 120_000);
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 15_000);
    config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, facts.gather());
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 * 1024 * 1024);
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ErrorHandlingDeserializer.class);
    config.put(ErrorHandlingDeserializer.VALUE_DESERIALIZER_CLASS, FactDeserializer.class);
    config.put(FactDeserializer.DELEGATE, facts.valueDeserializer());
    DefaultKafkaConsumerFactory<String, Object> factory = new DefaultKafkaConsumerFactory<>(config);
    factory.addListener(new MicrometerConsumerListener<>(meters));
    return factory;
  }

  /** Batch listeners whose offsets are committed after the listener returned, never before. */
  @Bean
  ConcurrentKafkaListenerContainerFactory<String, Object> kafkaListenerContainerFactory(
      ConsumerFactory<String, Object> factConsumers, FactsProperties facts) {
    ConcurrentKafkaListenerContainerFactory<String, Object> factory =
        new ConcurrentKafkaListenerContainerFactory<>();
    factory.setConsumerFactory(factConsumers);
    factory.setBatchListener(true);
    factory.setConcurrency(facts.listenerThreads());
    factory.setCommonErrorHandler(keepTrying());
    ContainerProperties container = factory.getContainerProperties();
    container.setAckMode(ContainerProperties.AckMode.BATCH);
    container.setSyncCommits(true);
    container.setMissingTopicsFatal(false);
    container.setObservationEnabled(false);
    return factory;
  }

  /**
   * The same batch again for as long as it takes: what cannot be worked in was diverted by {@link
   * Batches} before.
   */
  private static DefaultErrorHandler keepTrying() {
    ExponentialBackOff pauses = new ExponentialBackOff(200, 2);
    pauses.setMaxInterval(5_000);
    pauses.setMaxElapsedTime(Long.MAX_VALUE);
    return new DefaultErrorHandler(pauses);
  }
}
