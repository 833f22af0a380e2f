package dev.aftertouch.local.infrastructure;

import java.util.Map;

/**
 * Addresses of running servers, all on 127.0.0.1.
 *
 * @param bootstrapServers host:port of the Kafka broker; topics are not created by merely being
 *     named
 * @param registryUrl Apicurio's own API, ending in {@code /apis/registry/v3}
 * @param ccompatUrl the Confluent-compatible API, ending in {@code /apis/ccompat/v7}
 */
public record Infrastructure(
    String postgresHost,
    int postgresPort,
    String bootstrapServers,
    String registryUrl,
    String ccompatUrl,
    String superuserPassword) {

  /**
   * A fresh empty database with its roles, for one test class. Nothing is dropped; the name gets a
   * random suffix.
   *
   * @param service campaign, enrollment, dispatch or analytics
   */
  public ServiceDatabase createDatabase(String service) {
    return Databases.createFresh(this, service);
  }

  /**
   * Settings of a Kafka client that reads and writes facts as any Confluent-compatible one: four
   * bytes of schema id in the value, no headers.
   */
  public Map<String, Object> factClient() {
    return Map.of(
        "bootstrap.servers",
        bootstrapServers,
        "apicurio.registry.url",
        registryUrl,
        "apicurio.registry.use-id",
        "contentId",
        "apicurio.registry.id-handler",
        "io.apicurio.registry.serde.Default4ByteIdHandler",
        "apicurio.registry.headers.enabled",
        false,
        "apicurio.registry.artifact-resolver-strategy",
        "io.apicurio.registry.serde.strategy.TopicIdStrategy",
        "apicurio.registry.auto-register",
        true,
        "apicurio.registry.auto-register.if-exists",
        "FIND_OR_CREATE_VERSION",
        "apicurio.registry.use-specific-avro-reader",
        true);
  }

  @Override
  public String toString() {
    return "Infrastructure[postgres %s:%d, kafka %s, registry %s]"
        .formatted(postgresHost, postgresPort, bootstrapServers, registryUrl);
  }
}
