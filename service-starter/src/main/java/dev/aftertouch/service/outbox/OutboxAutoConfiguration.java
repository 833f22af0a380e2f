package dev.aftertouch.service.outbox;

import dev.aftertouch.service.background.BackgroundLoop;
import dev.aftertouch.service.kafka.KafkaAutoConfiguration;
import dev.aftertouch.service.kafka.TraceHeaders;
import dev.aftertouch.service.tenancy.Tenancy;
import dev.aftertouch.service.tenancy.TenancyAutoConfiguration;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.util.ClassUtils;

/**
 * The outbox, for services that ask for it with {@code aftertouch.outbox.enabled=true} and add
 * {@code classpath:db/outbox} to their Flyway locations.
 */
@AutoConfiguration(after = {TenancyAutoConfiguration.class, KafkaAutoConfiguration.class})
@ConditionalOnProperty("aftertouch.outbox.enabled")
public class OutboxAutoConfiguration {
  @Bean
  BackgroundLoop outboxLoop(
      Tenancy tenancy,
      JdbcClient jdbc,
      @Qualifier("rawProducers") ProducerFactory<byte[], byte[]> rawProducers,
      TraceHeaders traces) {
    return new BackgroundLoop(
        "outbox",
        Duration.ofMillis(200),
        new OutboxRelay(tenancy, jdbc, rawProducers, traces)::relay);
  }

  @Bean(destroyMethod = "close")
  Serializer<Object> outboxSerializer(
      @Qualifier("factProducers") ProducerFactory<String, Object> factProducers) {
    Serializer<Object> serializer = instantiate(factProducers);
    serializer.configure(factProducers.getConfigurationProperties(), false);
    return serializer;
  }

  @SuppressWarnings("unchecked") // the configured class is a Serializer of Avro records
  private static Serializer<Object> instantiate(ProducerFactory<String, Object> factProducers) {
    String name =
        String.valueOf(factProducers.getConfigurationProperties().get("value.serializer"));
    return (Serializer<Object>)
        org.springframework.beans.BeanUtils.instantiateClass(
            ClassUtils.resolveClassName(name, null));
  }

  @Bean
  Outbox outbox(
      JdbcClient jdbc,
      @Qualifier("outboxSerializer") Serializer<Object> outboxSerializer,
      @Qualifier("outboxLoop") ObjectProvider<BackgroundLoop> outboxLoop) {
    return new Outbox(jdbc, outboxSerializer, () -> outboxLoop.getObject().wake());
  }
}
