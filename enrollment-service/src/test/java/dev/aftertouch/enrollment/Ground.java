package dev.aftertouch.enrollment;

import dev.aftertouch.facts.EnrollmentFact;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.local.infrastructure.Infrastructure;
import dev.aftertouch.local.infrastructure.ServiceDatabase;
import dev.aftertouch.local.infrastructure.SharedInfrastructure;
import dev.aftertouch.local.testing.TestIdentity;
import dev.aftertouch.service.documents.Documents;
import dev.aftertouch.service.kafka.Publisher;
import dev.aftertouch.service.tenancy.Tenancy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole service on real PostgreSQL, Kafka and registry, one context for all tests, with a clock
 * that the tests move. Nobody claims by itself: tests that want it, claim.
 */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "aftertouch.advancing.claiming=false")
@Import(Ground.Clocks.class)
public abstract class Ground {
  protected static final Infrastructure REAL = SharedInfrastructure.get();
  protected static final ServiceDatabase DATABASE = REAL.createDatabase("enrollment");
  protected static final Instant START = Instant.parse("2026-03-02T15:00:00Z");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.shared();

  @Autowired protected Tenancy tenancy;
  @Autowired protected JdbcClient jdbc;
  @Autowired protected Publisher publisher;
  @Autowired protected Documents documents;
  @Autowired protected SettableClock clock;
  @Autowired protected World world;
  @Autowired private ConsumerFactory<String, Object> consumers;
  @LocalServerPort private int port;

  @TestConfiguration
  @Import(World.class)
  static class Clocks {
    @Bean
    SettableClock settableClock() {
      return new SettableClock();
    }
  }

  @DynamicPropertySource
  static void ground(DynamicPropertyRegistry registry) {
    registry.add("aftertouch.database.url", DATABASE::url);
    registry.add("aftertouch.database.owner.user", DATABASE.owner()::user);
    registry.add("aftertouch.database.owner.password", DATABASE.owner()::password);
    registry.add("aftertouch.database.app.user", DATABASE.app()::user);
    registry.add("aftertouch.database.app.password", DATABASE.app()::password);
    registry.add("aftertouch.database.worker.user", DATABASE.worker()::user);
    registry.add("aftertouch.database.worker.password", DATABASE.worker()::password);
    registry.add("aftertouch.database.report.user", DATABASE.report()::user);
    registry.add("aftertouch.database.report.password", DATABASE.report()::password);
    registry.add("aftertouch.kafka.bootstrap-servers", REAL::bootstrapServers);
    registry.add("aftertouch.kafka.registry-url", REAL::registryUrl);
    registry.add("aftertouch.security.jwk-set-uri", TestIdentity.shared()::jwkSetUri);
    registry.add("aftertouch.security.issuer", () -> TestIdentity.ISSUER);
  }

  /** One text column of all rows of a query that names the business as {@code :business}. */
  protected List<String> texts(UUID business, String sql) {
    return tenancy.asWorker(
        () -> jdbc.sql(sql).param("business", business).query(String.class).list());
  }

  protected String text(UUID business, String sql) {
    return String.join(", ", texts(business, sql));
  }

  /** All values of a topic so far that the predicate keeps, decoded. */
  protected <T> List<T> facts(String topic, Class<T> type, java.util.function.Predicate<T> wanted) {
    try (Consumer<String, Object> consumer = consumers.createConsumer("reader", null)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      List<T> found = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                record -> {
                  if (type.isInstance(record.value()) && wanted.test(type.cast(record.value()))) {
                    found.add(type.cast(record.value()));
                  }
                });
      }
      return found;
    }
  }

  /** What happened to the enrollments of a business, by topic enrollments. */
  protected List<EnrollmentFact> enrollmentFacts(UUID business) {
    return facts(
        Topics.ENROLLMENTS, EnrollmentFact.class, fact -> fact.getBusinessId().equals(business));
  }

  protected Answer get(UUID business, String role, String path) {
    return send(HttpRequest.newBuilder(uri(path)), business, role);
  }

  protected Answer delete(UUID business, String role, String path) {
    return send(HttpRequest.newBuilder(uri(path)).DELETE(), business, role);
  }

  protected Answer post(UUID business, String role, String path, String body) {
    return post(
        business,
        role,
        path,
        "application/json",
        body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  protected Answer post(UUID business, String role, String path, String type, byte[] body) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body)),
        business,
        role);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static Answer send(HttpRequest.Builder request, UUID business, String role) {
    try {
      HttpResponse<String> response =
          HTTP.send(
              request
                  .header("Authorization", "Bearer " + TestIdentity.shared().token(business, role))
                  .build(),
              BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (java.io.IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** An answer over HTTP. */
  protected record Answer(int status, String body) {
    public JsonNode json() {
      return JSON.readTree(body);
    }
  }
}
