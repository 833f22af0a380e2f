package dev.aftertouch.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.messages.Bundles;
import dev.aftertouch.facts.Engagement;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchOutcome;
import dev.aftertouch.local.infrastructure.Infrastructure;
import dev.aftertouch.local.infrastructure.ServiceDatabase;
import dev.aftertouch.local.infrastructure.SharedInfrastructure;
import dev.aftertouch.local.testing.TestIdentity;
import dev.aftertouch.sandbox.ProviderSandbox;
import dev.aftertouch.sandbox.Settings;
import dev.aftertouch.service.documents.Documents;
import dev.aftertouch.service.tenancy.Tenancy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole service on real PostgreSQL, Kafka and registry, with the provider sandbox as provider.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@Import(DispatchGround.Clocks.class)
public abstract class DispatchGround {
  /** A Tuesday, noon in Denver. */
  public static final Instant NOON = Instant.parse("2026-06-09T18:00:00Z");

  protected static final String RESEND_SECRET = "whsec_c2FuZGJveC13ZWJob29rLXNlY3JldC0zMi1ieXQ=";
  protected static final String TWILIO_TOKEN = "sandbox-auth-token";

  private static final SettableClock CLOCK = new SettableClock(NOON);
  private static final int PORT = freePort();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  protected static final Infrastructure REAL = SharedInfrastructure.get();
  protected static final ServiceDatabase DATABASE = REAL.createDatabase("dispatch");
  private static final ProviderSandbox SANDBOX = sandbox();

  @Autowired protected Tenancy tenancy;
  @Autowired protected JdbcClient jdbc;
  @Autowired private Bundles bundles;
  @Autowired private Documents documents;
  @Autowired private ConsumerFactory<String, Object> consumers;

  @TestConfiguration
  static class Clocks {
    @Bean
    @Primary
    SettableClock settableClock() {
      return CLOCK;
    }
  }

  @DynamicPropertySource
  static void ground(DynamicPropertyRegistry registry) {
    String sandbox = "http://127.0.0.1:" + SANDBOX.httpPort();
    Map<String, Object> values =
        Map.ofEntries(
            Map.entry("server.port", PORT),
            Map.entry("aftertouch.database.url", DATABASE.url()),
            Map.entry("aftertouch.database.owner.user", DATABASE.owner().user()),
            Map.entry("aftertouch.database.owner.password", DATABASE.owner().password()),
            Map.entry("aftertouch.database.app.user", DATABASE.app().user()),
            Map.entry("aftertouch.database.app.password", DATABASE.app().password()),
            Map.entry("aftertouch.database.worker.user", DATABASE.worker().user()),
            Map.entry("aftertouch.database.worker.password", DATABASE.worker().password()),
            Map.entry("aftertouch.database.report.user", DATABASE.report().user()),
            Map.entry("aftertouch.database.report.password", DATABASE.report().password()),
            Map.entry("aftertouch.kafka.bootstrap-servers", REAL.bootstrapServers()),
            Map.entry("aftertouch.kafka.registry-url", REAL.registryUrl()),
            Map.entry("aftertouch.security.jwk-set-uri", TestIdentity.shared().jwkSetUri()),
            Map.entry("aftertouch.security.issuer", TestIdentity.ISSUER),
            Map.entry("aftertouch.links.public-url", "http://127.0.0.1:" + PORT),
            Map.entry("aftertouch.links.hold", "3s"),
            Map.entry("aftertouch.links.key", "a key for the links of the tests"),
            Map.entry("aftertouch.suppressing.pepper", "a pepper for the tests"),
            Map.entry("aftertouch.providers.timeout", "2s"),
            Map.entry("aftertouch.providers.resend.base-url", sandbox),
            Map.entry("aftertouch.providers.resend.api-key", "re_test"),
            Map.entry("aftertouch.providers.resend.webhook-secret", RESEND_SECRET),
            Map.entry("aftertouch.providers.twilio.base-url", sandbox),
            Map.entry(
                "aftertouch.providers.twilio.account-sid", "AC00000000000000000000000000000001"),
            Map.entry("aftertouch.providers.twilio.auth-token", TWILIO_TOKEN),
            Map.entry("aftertouch.providers.smtp.host", "127.0.0.1"),
            Map.entry("aftertouch.providers.smtp.port", SANDBOX.smtpPort()),
            Map.entry("aftertouch.providers.smtp.start-tls", false),
            Map.entry("aftertouch.gating.replica-patience", "1s"),
            Map.entry("aftertouch.settling.lease", "5s"),
            Map.entry("aftertouch.settling.sweep-every", "1h"),
            Map.entry("aftertouch.reconciling.look-every", "1h"),
            Map.entry("aftertouch.reconciling.texts-every", "1h"),
            Map.entry("aftertouch.breaking.look-every", "200ms"),
            Map.entry("aftertouch.listeners.auto-startup", false),
            Map.entry(
                "resilience4j.circuitbreaker.configs.default.minimum-number-of-calls", 100_000));
    values.forEach((name, value) -> registry.add(name, () -> value));
  }

  @BeforeEach
  void startOver() {
    CLOCK.set(NOON);
    sandbox("DELETE", "/sandbox/faults", "");
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  private static ProviderSandbox sandbox() {
    String service = "http://127.0.0.1:" + PORT;
    try {
      return ProviderSandbox.start(
          Settings.parse(
              List.of(
                  "--port=0",
                  "--smtp-port=0",
                  "--auto-deliver=false",
                  "--resend-webhook-url=" + service + "/w/resend/platform",
                  "--resend-webhook-secret=" + RESEND_SECRET,
                  "--twilio-auth-token=" + TWILIO_TOKEN,
                  "--twilio-inbound-url=" + service + "/w/twilio/platform"),
              Map.of()),
          CLOCK);
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  protected static SettableClock clock() {
    return CLOCK;
  }

  /** A fresh business of which everything needed is known. */
  protected Fixture business() {
    return new Fixture(this, UUID.randomUUID());
  }

  /** All that the sandbox's ledger holds of a business, oldest first. */
  protected static List<JsonNode> ledgerOf(UUID business) {
    List<JsonNode> entries = new ArrayList<>();
    long since = 0;
    while (true) {
      JsonNode page =
          JSON.readTree(sandbox("GET", "/sandbox/ledger?limit=10000&since=" + since, "").body());
      if (page.path("entries").isEmpty()) {
        return entries;
      }
      for (JsonNode entry : page.path("entries")) {
        since = entry.path("seq").asLong();
        if (entry.toString().contains(business.toString())) {
          entries.add(entry);
        }
      }
    }
  }

  /** Calls the sandbox's own API. */
  protected static HttpResponse<String> sandbox(String method, String path, String body) {
    return call(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SANDBOX.httpPort() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Where this service listens. */
  protected static String url(String path) {
    return "http://127.0.0.1:" + PORT + path;
  }

  /** Sends a request as it is. */
  protected static HttpResponse<String> call(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Calls an API of this service as a user of the business. */
  protected static HttpResponse<String> api(
      String method, String path, UUID business, String role, @Nullable String body) {
    return call(
        HttpRequest.newBuilder(URI.create(url(path)))
            .header("Authorization", "Bearer " + TestIdentity.shared().token(business, role))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Outcomes of a business on the topic, as touch id and kind, oldest first. */
  protected List<String> outcomesOf(UUID business) {
    return read(Topics.TOUCH_OUTCOMES).stream()
        .filter(TouchOutcome.class::isInstance)
        .map(TouchOutcome.class::cast)
        .filter(outcome -> outcome.getBusinessId().equals(business))
        .map(
            outcome -> outcome.getTouchId() + "/" + outcome.getOutcome().getClass().getSimpleName())
        .toList();
  }

  /** Everything on a topic. */
  protected List<Object> read(String topic) {
    List<Object> values = new ArrayList<>();
    try (Consumer<String, Object> consumer = consumers.createConsumer("reader", "test")) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }

  Documents documents() {
    return documents;
  }

  /** Puts a touch's columns together, such as {@code accepted/accepted}. */
  protected String stateOf(UUID business, UUID touch) {
    return tenancy.asWorker(
        () ->
            jdbc.sql(
                    "SELECT state || '/' || reason FROM touches WHERE business_id = :business AND touch_id = :touch")
                .param("business", business)
                .param("touch", touch)
                .query(String.class)
                .optional()
                .orElse("none"));
  }

  /** How many notes there are of claims in flight with some of the business. */
  protected int flightsOf(UUID business) {
    return tenancy.asWorker(
        () ->
            jdbc.sql("SELECT count(*) FROM claims_in_flight WHERE :business = ANY (businesses)")
                .param("business", business)
                .query(Integer.class)
                .single());
  }

  /** Makes the provider fail that often in that way, and in no other. */
  protected static void fault(String provider, String kind, int times) {
    String body =
        "[{\"provider\":\"%s\",\"kind\":\"%s\",\"remaining\":\"%d\"}]"
            .formatted(provider, kind, times);
    assertThat(sandbox("PUT", "/sandbox/faults", body).statusCode()).isEqualTo(200);
  }

  /** What was frozen for the last attempts of the business's touches, by touch. */
  protected Map<UUID, String> frozenOf(UUID business) {
    Map<UUID, String> frozen = new HashMap<>();
    List<Bundles.Key> attempts =
        attemptsOf(business).values().stream()
            .filter(Objects::nonNull)
            .map(attempt -> new Bundles.Key(business, attempt))
            .toList();
    tenancy
        .asWorker(() -> bundles.find(attempts))
        .values()
        .forEach(kept -> frozen.put(kept.message().touch(), kept.message().text()));
    return frozen;
  }

  /** The attempt of each of the business's touches. */
  protected Map<UUID, UUID> attemptsOf(UUID business) {
    Map<UUID, UUID> attempts = new HashMap<>();
    tenancy.asWorker(
        () ->
            jdbc.sql("SELECT touch_id, attempt_id FROM touches WHERE business_id = :business")
                .param("business", business)
                .query(
                    row -> {
                      attempts.put(
                          row.getObject("touch_id", UUID.class),
                          row.getObject("attempt_id", UUID.class));
                    }));
    return attempts;
  }

  /** The kinds of engagement that the topic tells of each of the business's touches, in order. */
  protected Map<UUID, List<String>> engagementsOf(UUID business) {
    return read(Topics.ENGAGEMENTS).stream()
        .map(Engagement.class::cast)
        .filter(fact -> fact.getBusinessId().equals(business))
        .collect(
            Collectors.groupingBy(
                Engagement::getTouchId,
                Collectors.mapping(fact -> fact.getKind().toString(), Collectors.toList())));
  }
}
