package dev.aftertouch.service.kafka;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How facts travel. Serializer and deserializer are values so that Confluent's can take the place
 * of Apicurio's; both speak Confluent's wire format.
 *
 * @param partitions of each topic when it is created
 * @param listenerThreads consumers of this instance for each listener
 * @param batch most records of one batch
 * @param gather bytes that a reader lets gather before it reads, for at most half a second: more
 *     than 1 is for readers whose work gets cheaper by the batch and that nobody waits for
 */
@ConfigurationProperties("aftertouch.kafka")
public record FactsProperties(
    String bootstrapServers,
    String registryUrl,
    @DefaultValue("4") int partitions,
    @DefaultValue("1") short replication,
    @DefaultValue("1") int listenerThreads,
    @DefaultValue("1000") int batch,
    @DefaultValue("1") int gather,
    @DefaultValue("io.apicurio.registry.serde.avro.AvroKafkaSerializer") String valueSerializer,
    @DefaultValue("io.apicurio.registry.serde.avro.AvroKafkaDeserializer")
        String valueDeserializer) {}
