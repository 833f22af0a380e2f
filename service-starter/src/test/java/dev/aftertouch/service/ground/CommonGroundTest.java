package dev.aftertouch.service.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aftertouch.facts.BusinessDeleted;
import dev.aftertouch.facts.BusinessFact;
import dev.aftertouch.facts.JobFact;
import dev.aftertouch.facts.JobReopened;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.local.infrastructure.Infrastructure;
import dev.aftertouch.local.infrastructure.ServiceDatabase;
import dev.aftertouch.local.infrastructure.SharedInfrastructure;
import dev.aftertouch.local.testing.RowLevelSecurity;
import dev.aftertouch.local.testing.TestIdentity;
import dev.aftertouch.service.kafka.Outgoing;
import dev.aftertouch.service.kafka.Publisher;
import dev.aftertouch.service.outbox.Outbox;
import dev.aftertouch.service.retention.Keeping;
import dev.aftertouch.service.retention.Retention;
import dev.aftertouch.service.retention.RetentionPace;
import dev.aftertouch.service.tenancy.Tenancy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "aftertouch.outbox.enabled=true",
      "spring.flyway.locations=classpath:db/outbox,classpath:db/migration"
    })
class CommonGroundTest {
  private static final UUID SUMMIT = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID HARBOR = UUID.fromString("00000000-0000-4000-8000-000000000002");
  private static final Infrastructure REAL = SharedInfrastructure.get();
  private static final RegistryDoor REGISTRY = new RegistryDoor(REAL.registryUrl());
  private static final ServiceDatabase DATABASE = REAL.createDatabase("campaign");

  @Autowired private Tenancy tenancy;
  @Autowired private JdbcClient jdbc;
  @Autowired private Publisher publisher;
  @Autowired private Outbox outbox;
  @LocalServerPort private int port;

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
    registry.add("aftertouch.kafka.registry-url", REGISTRY::url);
    registry.add("aftertouch.security.jwk-set-uri", TestIdentity.shared()::jwkSetUri);
    registry.add("aftertouch.security.issuer", () -> TestIdentity.ISSUER);
  }

  @Test
  void hidesTheRowsOfOtherBusinesses() throws Exception {
    tenancy.asBusiness(SUMMIT, () -> note(SUMMIT, "ours"));
    tenancy.asBusiness(HARBOR, () -> note(HARBOR, "theirs"));

    List<String> seen =
        tenancy.asBusiness(
            SUMMIT, () -> jdbc.sql("SELECT text FROM notes").query(String.class).list());

    assertThat(seen).containsOnly("ours");
    assertThat(check().breaches(SUMMIT, HARBOR, "outbox")).isEmpty();
  }

  @Test
  void refusesSqlOutsideAScopeAndAcrossScopes() {
    assertThatThrownBy(() -> jdbc.sql("SELECT 1").query(Integer.class).single())
        .hasRootCauseMessage(
            "SQL outside a scope: wrap it in Tenancy.asBusiness or Tenancy.asWorker");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> tenancy.asBusiness(SUMMIT, () -> tenancy.asWorker(() -> note(SUMMIT, "no"))));
  }

  @Test
  void leavesTheWorkerNoMoreThanItsPolicies() {
    assertThatThrownBy(() -> tenancy.asWorker(() -> note(SUMMIT, "not the worker's to write")))
        .isInstanceOf(DataAccessException.class);
  }

  @Test
  void tellsALockThatIsHeldTooLongAsWhatPasses() {
    assertThatThrownBy(() -> tenancy.asWorker(this::askForALockThatAnotherHolds))
        .isInstanceOf(TransientDataAccessException.class);
  }

  private void askForALockThatAnotherHolds() {
    lock(7);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      other.submit(() -> tenancy.asWorker(() -> lock(7))).get();
    } catch (ExecutionException refused) {
      throw (RuntimeException) refused.getCause();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void lock(int number) {
    jdbc.sql("SELECT set_config('lock_timeout', '50ms', true), pg_advisory_xact_lock(?)::text")
        .param(number)
        .query((row, index) -> "")
        .single();
  }

  @Test
  void letsABusinessAddOnlyItsOwnFactsToTheOutboxAndReadNone() {
    assertThatThrownBy(
            () ->
                tenancy.asBusiness(
                    SUMMIT, () -> outbox.add(HARBOR, Topics.BUSINESSES, "forged", deleted(HARBOR))))
        .hasStackTraceContaining("row-level security");
    assertThatThrownBy(
            () ->
                tenancy.asBusiness(
                    SUMMIT,
                    () -> jdbc.sql("SELECT count(*) FROM outbox").query(Long.class).single()))
        .hasStackTraceContaining("permission denied for table outbox");
  }

  @Test
  void publishesTheOutboxAfterTheCommitAndNothingAfterARollback() {
    UUID kept = UUID.randomUUID();
    UUID dropped = UUID.randomUUID();

    tenancy.asBusiness(
        kept, () -> outbox.add(kept, Topics.BUSINESSES, kept.toString(), deleted(kept)));
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                tenancy.asBusiness(
                    dropped,
                    () -> {
                      outbox.add(dropped, Topics.BUSINESSES, dropped.toString(), deleted(dropped));
                      throw new IllegalStateException("rolled back");
                    }));

    List<String> keys =
        await().until(() -> keysOf(Topics.BUSINESSES), found -> found.contains(kept.toString()));
    assertThat(keys).doesNotContain(dropped.toString());
    await()
        .until(
            () ->
                tenancy.asWorker(
                        () -> jdbc.sql("SELECT count(*) FROM outbox").query(Long.class).single())
                    == 0);
  }

  @Test
  void divertsPoisonAndGoesOnWithTheRest() {
    String run = UUID.randomUUID().toString();
    publisher.publishAndAwait(
        List.of(
            job(run + "-1", "good"),
            job(run + "-2", "poison"),
            job(run + "-3", "passing"),
            job(run + "-4", "good")));

    await().until(() -> NotesApplication.JOBS.contains(run + "-4"));
    assertThat(NotesApplication.JOBS.stream().filter(id -> id.startsWith(run)).distinct())
        .containsExactly(run + "-1", run + "-3", run + "-4");
    await().until(() -> isDeadLetter(run + "-2"));
  }

  @Test
  void divertsARecordWhoseSchemaNobodyKnows() throws Exception {
    String run = UUID.randomUUID().toString();
    publishOfUnknownSchema(177, run);
    publisher.publishAndAwait(List.of(job(run, "good")));

    await().atMost(Duration.ofSeconds(30)).until(() -> NotesApplication.JOBS.contains(run));
    await().atMost(Duration.ofSeconds(30)).until(() -> isDeadLetter(run));
  }

  @Test
  void waitsWhileTheRegistryIsAwayAndAsksItAgain() throws Exception {
    String run = UUID.randomUUID().toString();
    publisher.publishAndAwait(List.of(job(run + "-before", "good")));
    int before = REGISTRY.turnedAway();
    REGISTRY.close();
    try {
      publishOfUnknownSchema(178, run);
      publisher.publishAndAwait(List.of(job(run, "good")));

      await().until(() -> REGISTRY.turnedAway() > before + 2);
      assertThat(isDeadLetter(run)).isFalse();
    } finally {
      REGISTRY.open();
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> isDeadLetter(run));
    await().atMost(Duration.ofSeconds(30)).until(() -> NotesApplication.JOBS.contains(run));
  }

  @Test
  void verifiesTokensItself() throws Exception {
    TestIdentity identity = TestIdentity.shared();

    assertThat(get("/whoami", identity.token(SUMMIT, "staff")).body())
        .contains("\"business_id\":\"" + SUMMIT + "\"", "\"role\":\"staff\"");
    assertThat(get("/owners", identity.token(SUMMIT, "owner")).statusCode()).isEqualTo(200);
    assertThat(get("/owners", identity.token(SUMMIT, "staff")).statusCode()).isEqualTo(403);
    assertThat(get("/whoami", "forged").statusCode()).isEqualTo(401);
    assertThat(
            get(
                    "/whoami",
                    identity.token(
                        SUMMIT,
                        "owner",
                        TestIdentity.ISSUER,
                        "aftertouch",
                        Instant.now().minusSeconds(120)))
                .statusCode())
        .isEqualTo(401);
    assertThat(
            get(
                    "/whoami",
                    identity.token(
                        SUMMIT,
                        "owner",
                        TestIdentity.ISSUER,
                        "somebody-else",
                        Instant.now().plusSeconds(60)))
                .statusCode())
        .isEqualTo(401);
    assertThat(
            get(
                    "/whoami",
                    identity.token(
                        SUMMIT,
                        "owner",
                        "http://elsewhere",
                        "aftertouch",
                        Instant.now().plusSeconds(60)))
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void answersAFaultWithoutInternals() throws Exception {
    HttpResponse<String> answer = get("/fault", TestIdentity.shared().token(SUMMIT, "owner"));

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("urn:aftertouch:problem:internal").doesNotContain("secret");
  }

  @Test
  void isReadyAndMeasured() throws Exception {
    assertThat(get("/actuator/health/readiness", null).body()).contains("UP");
    assertThat(get("/actuator/prometheus", null).body()).contains("jvm_memory_used_bytes");
  }

  @Test
  void emptiesEachOldRowOnceWhereverAStepOfTheWalkEnds() {
    tenancy.asWorker(
        () ->
            jdbc.sql(
                    """
                    INSERT INTO remarks (business_id, place, text, made_at)
                    SELECT business, place, 'said', CASE WHEN place % 2 = 0 THEN '2026-01-01Z' ELSE '2026-03-01Z' END::timestamptz
                    FROM unnest(ARRAY['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']::uuid[]) business,
                         generate_series(-3, 3) place
                    """)
                .update());
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Retention retention =
        new Retention(
            tenancy,
            jdbc,
            InstantSource.fixed(Instant.parse("2026-03-02T00:00:00Z")),
            meters,
            new RetentionPace(2, Duration.ZERO, Duration.ZERO),
            List.of(
                new Keeping.Walked(
                    "remarks",
                    Duration.ofDays(30),
                    "remarks",
                    List.of("business_id", "place"),
                    "CASE WHEN text IS NOT NULL THEN made_at END",
                    "UPDATE remarks SET text = NULL")));

    retention.pass();
    retention.pass();

    assertThat(
            tenancy.asWorker(
                () ->
                    jdbc.sql("SELECT place || coalesce(text, '') FROM remarks ORDER BY 1")
                        .query(String.class)
                        .list()))
        .containsExactly(
            "-1said", "-1said", "-2", "-2", "-3said", "-3said", "0", "0", "1said", "1said", "2",
            "2", "3said", "3said");
    assertThat(meters.counter("aftertouch.retention.rows", "kind", "remarks").count()).isEqualTo(6);
  }

  private void note(UUID business, String text) {
    jdbc.sql("INSERT INTO notes (business_id, text) VALUES (:business, :text)")
        .param("business", business)
        .param("text", text)
        .update();
  }

  private static RowLevelSecurity check() {
    return new RowLevelSecurity(
        DATABASE.url(),
        "postgres",
        REAL.superuserPassword(),
        DATABASE.app().user(),
        DATABASE.app().password());
  }

  private static BusinessFact deleted(UUID business) {
    return new BusinessFact(business, 1L, Instant.EPOCH, new BusinessDeleted("test"));
  }

  private static Outgoing job(String factId, String jobId) {
    JobFact fact = new JobFact(factId, SUMMIT, jobId, Instant.EPOCH, "test", new JobReopened(null));
    return Outgoing.of(Topics.JOBS, "one key, one partition", fact);
  }

  private HttpResponse<String> get(String path, @org.jspecify.annotations.Nullable String token)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** To all partitions, so that one of them is that of the good job. */
  private static void publishOfUnknownSchema(int id, String text) throws Exception {
    byte[] value = new byte[5 + text.length()];
    value[4] = (byte) id;
    value[3] = 127;
    System.arraycopy(text.getBytes(StandardCharsets.UTF_8), 0, value, 5, text.length());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(bootstrap(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (var partition : producer.partitionsFor(Topics.JOBS)) {
        producer.send(new ProducerRecord<>(Topics.JOBS, partition.partition(), null, value)).get();
      }
    }
  }

  private static boolean isDeadLetter(String text) {
    return values(Topics.JOBS + Topics.DEAD_LETTERS).stream().anyMatch(v -> v.contains(text));
  }

  private static List<String> keysOf(String topic) {
    return read(topic).stream().map(r -> new String(r.key(), StandardCharsets.UTF_8)).toList();
  }

  private static List<String> values(String topic) {
    return read(topic).stream()
        .map(r -> new String(r.value(), StandardCharsets.ISO_8859_1))
        .toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            bootstrap(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new org.apache.kafka.common.TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new java.util.ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  private static Properties bootstrap() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", REAL.bootstrapServers());
    return properties;
  }
}
