package dev.aftertouch.local.infrastructure;

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

  @Override
  public String toString() {
    return "Infrastructure[postgres %s:%d, kafka %s, registry %s]"
        .formatted(postgresHost, postgresPort, bootstrapServers, registryUrl);
  }
}
