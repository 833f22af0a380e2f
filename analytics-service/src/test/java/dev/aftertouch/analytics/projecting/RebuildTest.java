package dev.aftertouch.analytics.projecting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aftertouch.analytics.AnalyticsService;
import dev.aftertouch.analytics.Lives;
import dev.aftertouch.analytics.Projections;
import dev.aftertouch.analytics.RunningAnalytics;
import dev.aftertouch.facts.BusinessFact;
import dev.aftertouch.facts.CampaignFact;
import dev.aftertouch.facts.CustomerDataErased;
import dev.aftertouch.facts.Engagement;
import dev.aftertouch.facts.EnrollmentFact;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchOutcome;
import dev.aftertouch.facts.TouchSent;
import dev.aftertouch.local.infrastructure.ServiceDatabase;
import dev.aftertouch.service.kafka.Outgoing;
import dev.aftertouch.service.kafka.Publisher;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class RebuildTest extends RunningAnalytics {
  private static final List<String> READ =
      List.of(
          Topics.BUSINESSES,
          Topics.CAMPAIGNS,
          Topics.ENROLLMENTS,
          Topics.TOUCH_OUTCOMES,
          Topics.ENGAGEMENTS,
          Topics.ERASURES);

  @Test
  void givesTheRowsThatTheLiveSystemHas() throws Exception {
    ServiceDatabase database = REAL.createDatabase("analytics");
    Projections projections = new Projections(database.url(), REAL);
    List<UUID> businesses = List.of(UUID.randomUUID(), UUID.randomUUID());
    List<Object> facts = shuffledWithRepeats(Lives.of(21, businesses, 200));
    List<String> live;
    try (ConfigurableApplicationContext running = start(database, false)) {
      Publisher publisher = running.getBean(Publisher.class);
      publisher.publishAndAwait(facts.stream().map(RebuildTest::outgoing).toList());
      publisher.publishAndAwait(List.of(outgoing(erasure(facts))));
      awaitNoLag(running);
      live = projections.dump(businesses);
    }
    try (ConfigurableApplicationContext restarted = start(database, false)) {
      awaitNoLag(restarted);
      assertThat(projections.dump(businesses)).as("after a restart").isEqualTo(live);
    }

    try (ConfigurableApplicationContext rebuilt = start(database, true)) {
      awaitNoLag(rebuilt);
      assertThat(projections.dump(businesses)).as("after a rebuild").isEqualTo(live);
    }
    assertThat(live).hasSizeGreaterThan(1_000);
    String erased = erasure(facts).getEnrollmentIds().getFirst().toString();
    assertThat(live)
        .filteredOn(row -> row.startsWith("timeline") && row.contains(erased))
        .isEmpty();
    assertThat(live)
        .filteredOn(row -> row.startsWith("touches") && row.contains(erased))
        .isNotEmpty()
        .noneMatch(row -> row.contains("hash"));
  }

  /** The first customer to whom something was sent. */
  private static CustomerDataErased erasure(List<Object> facts) {
    TouchOutcome first =
        facts.stream()
            .filter(TouchOutcome.class::isInstance)
            .map(TouchOutcome.class::cast)
            .filter(fact -> fact.getOutcome() instanceof TouchSent)
            .findFirst()
            .orElseThrow();
    return new CustomerDataErased(
        first.getBusinessId(),
        first.getCustomerId(),
        "enrollment-service",
        Instant.EPOCH,
        Map.of(),
        List.of(first.getEnrollmentId()));
  }

  private static List<Object> shuffledWithRepeats(List<Object> facts) {
    Random random = new Random(21);
    List<Object> shuffled = new ArrayList<>(facts);
    facts.stream().filter(fact -> random.nextInt(4) == 0).forEach(shuffled::add);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private static ConfigurableApplicationContext start(ServiceDatabase database, boolean rebuild) {
    List<String> arguments = new ArrayList<>();
    settings(database).forEach((name, value) -> arguments.add("--" + name + "=" + value));
    arguments.add("--server.port=0");
    arguments.add("--aftertouch.analytics.rebuild=" + rebuild);
    return new SpringApplicationBuilder(AnalyticsService.class)
        .run(arguments.toArray(String[]::new));
  }

  private static void awaitNoLag(ConfigurableApplicationContext service) throws Exception {
    Map<TopicPartition, Long> ends = ends();
    Tenancy tenancy = service.getBean(Tenancy.class);
    Consumed consumed = service.getBean(Consumed.class);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              Map<TopicPartition, Long> positions =
                  tenancy.asWorker(() -> consumed.positions(ends.keySet()));
              return ends.entrySet().stream()
                  .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
            });
  }

  private static Map<TopicPartition, Long> ends() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", REAL.bootstrapServers()))) {
      Map<TopicPartition, OffsetSpec> wanted = new java.util.HashMap<>();
      admin
          .describeTopics(READ)
          .allTopicNames()
          .get()
          .forEach(
              (topic, description) ->
                  description
                      .partitions()
                      .forEach(
                          partition ->
                              wanted.put(
                                  new TopicPartition(topic, partition.partition()),
                                  OffsetSpec.latest())));
      Map<TopicPartition, Long> ends = new java.util.HashMap<>();
      admin.listOffsets(wanted).all().get().forEach((p, end) -> ends.put(p, end.offset()));
      return ends;
    }
  }

  private static Outgoing outgoing(Object fact) {
    return switch (fact) {
      case BusinessFact f -> to(Topics.BUSINESSES, f.getBusinessId(), f);
      case CampaignFact f -> to(Topics.CAMPAIGNS, f.getCampaignId(), f);
      case EnrollmentFact f ->
          to(Topics.ENROLLMENTS, f.getCustomerId() == null ? f.getFactId() : f.getCustomerId(), f);
      case TouchOutcome f -> to(Topics.TOUCH_OUTCOMES, f.getCustomerId(), f);
      case CustomerDataErased f -> to(Topics.ERASURES, f.getCustomerId(), f);
      case Engagement f -> to(Topics.ENGAGEMENTS, f.getEnrollmentId(), f);
      default -> throw new AssertionError(fact);
    };
  }

  private static Outgoing to(String topic, UUID key, SpecificRecord fact) {
    return Outgoing.of(topic, key.toString(), fact);
  }
}
