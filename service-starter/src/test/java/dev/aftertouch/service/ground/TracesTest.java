package dev.aftertouch.service.ground;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.aftertouch.facts.JobFact;
import dev.aftertouch.facts.JobReopened;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.local.infrastructure.Infrastructure;
import dev.aftertouch.local.infrastructure.ServiceDatabase;
import dev.aftertouch.local.infrastructure.SharedInfrastructure;
import dev.aftertouch.local.testing.TestIdentity;
import dev.aftertouch.service.kafka.Batches;
import dev.aftertouch.service.kafka.Outgoing;
import dev.aftertouch.service.kafka.Publisher;
import dev.aftertouch.service.outbox.Outbox;
import dev.aftertouch.service.tenancy.Tenancy;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A service that exports its traces, and what a collector then sees of a batch. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "management.tracing.sampling.probability=1.0",
      "management.opentelemetry.tracing.export.schedule-delay=100ms",
      "aftertouch.outbox.enabled=true",
      "spring.flyway.locations=classpath:db/outbox,classpath:db/migration"
    })
@DirtiesContext
class TracesTest {
  private static final UUID SUMMIT = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final String FIRST = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String SECOND = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final Infrastructure REAL = SharedInfrastructure.get();
  private static final ServiceDatabase DATABASE = REAL.createDatabase("campaign");
  private static final SpanReceiver COLLECTOR = new SpanReceiver();

  @Autowired private Tenancy tenancy;
  @Autowired private Publisher publisher;
  @Autowired private Batches batches;
  @Autowired private Outbox outbox;

  @DynamicPropertySource
  static void ground(DynamicPropertyRegistry registry) {
    registry.add("management.opentelemetry.tracing.export.otlp.endpoint", COLLECTOR::endpoint);
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

  @AfterAll
  static void stopCollecting() {
    COLLECTOR.close();
  }

  @Test
  void goesFromTheBatchThatIsPublishedToTheBatchThatIsWorkedIn() {
    publisher.publishAndAwait(List.of(job("one"), job("two"), job("three")));

    Span published = COLLECTOR.span("publish " + Topics.JOBS, span -> records(span) == 3);
    Span worked = COLLECTOR.span("process " + Topics.JOBS, childOf(published));
    assertThat(worked.getTraceId()).isEqualTo(published.getTraceId());
    assertThat(published.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_PRODUCER);
    assertThat(worked.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CONSUMER);
  }

  @Test
  void goesOnToWhatTheConsumerPublishesAndLinksToTheBatchesThatMet() {
    batches.process(
        List.of(received(0, null), received(1, FIRST), received(2, FIRST), received(3, SECOND)),
        facts -> publisher.publishAndAwait(List.of(job("four"), job("five"))));

    Span worked = COLLECTOR.span("process " + Topics.JOBS, span -> records(span) == 4);
    Span published = COLLECTOR.span("publish " + Topics.JOBS, childOf(worked));
    assertThat(traceParent(worked.getTraceId(), worked.getParentSpanId())).isEqualTo(FIRST);
    assertThat(published.getTraceId()).isEqualTo(worked.getTraceId());
    assertThat(worked.getLinksList())
        .extracting(link -> traceParent(link.getTraceId(), link.getSpanId()))
        .containsExactly(SECOND);
  }

  @Test
  void goesFromTheOutboxToTheBatchThatIsWorkedIn() {
    tenancy.asBusiness(
        SUMMIT, () -> outbox.add(SUMMIT, Topics.JOBS, "key", fact("from the outbox")));

    Span relayed = COLLECTOR.span("publish outbox", span -> true);
    Span worked = COLLECTOR.span("process " + Topics.JOBS, childOf(relayed));
    assertThat(worked.getTraceId()).isEqualTo(relayed.getTraceId());
  }

  private static Predicate<Span> childOf(Span parent) {
    return span -> span.getParentSpanId().equals(parent.getSpanId());
  }

  private static long records(Span span) {
    return span.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals("records"))
        .mapToLong(attribute -> attribute.getValue().getIntValue())
        .sum();
  }

  private static String traceParent(ByteString traceId, ByteString spanId) {
    HexFormat hex = HexFormat.of();
    return "00-%s-%s-01"
        .formatted(hex.formatHex(traceId.toByteArray()), hex.formatHex(spanId.toByteArray()));
  }

  private static Outgoing job(String jobId) {
    return Outgoing.of(Topics.JOBS, "one key, one partition", fact(jobId));
  }

  private static JobFact fact(String jobId) {
    return new JobFact(
        UUID.randomUUID().toString(), SUMMIT, jobId, Instant.EPOCH, "test", new JobReopened(null));
  }

  private static ConsumerRecord<String, JobFact> received(
      long offset, @Nullable String traceParent) {
    ConsumerRecord<String, JobFact> record =
        new ConsumerRecord<>(Topics.JOBS, 0, offset, "key", fact("received"));
    if (traceParent != null) {
      record.headers().add("traceparent", traceParent.getBytes(StandardCharsets.UTF_8));
    }
    return record;
  }
}
