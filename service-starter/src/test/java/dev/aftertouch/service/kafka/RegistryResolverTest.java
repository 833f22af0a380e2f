package dev.aftertouch.service.kafka;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistryResolverTest {
  /** A record of schema 42, which nobody has asked for yet. */
  private static final byte[] RECORD = {0, 0, 0, 0, 42, 1};

  @Test
  void aRegistryThatTakesTheCallAndNeverAnswersIsAwayAfterAWhile() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        FactDeserializer decoder = new FactDeserializer()) {
      decoder.configure(
          Map.of(
              FactDeserializer.DELEGATE,
              "io.apicurio.registry.serde.avro.AvroKafkaDeserializer",
              "apicurio.registry.schema-resolver",
              RegistryResolver.class.getName(),
              RegistryResolver.PATIENCE,
              200L,
              "apicurio.registry.url",
              "http://localhost:" + silent.getLocalPort() + "/apis/registry/v3",
              "apicurio.registry.use-id",
              "contentId",
              "apicurio.registry.id-handler",
              "io.apicurio.registry.serde.Default4ByteIdHandler",
              "apicurio.registry.headers.enabled",
              false),
          false);
      assertTimeoutPreemptively(
          Duration.ofSeconds(30),
          () ->
              assertThatExceptionOfType(FactDeserializer.RegistryAwayException.class)
                  .isThrownBy(() -> decoder.deserialize("touches-due", RECORD)));
    }
  }
}
