package dev.aftertouch.dispatch.gating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.engine.business.BusinessSettings.EmailProvider;
import dev.aftertouch.facts.CustomerChanged;
import dev.aftertouch.facts.CustomerFact;
import dev.aftertouch.facts.EnrollmentFact;
import dev.aftertouch.facts.EnrollmentStopped;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.service.kafka.Outgoing;
import dev.aftertouch.service.kafka.Publisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

/** The way of facts over the real broker and registry. */
class ListenersTest extends DispatchGround {
  /** As {@code aftertouch.gating.replica-patience} is set for the tests. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  @Autowired private Publisher publisher;
  @Autowired private KafkaListenerEndpointRegistry listeners;

  @BeforeEach
  void listen() {
    listeners.getListenerContainers().forEach(container -> container.start());
  }

  @AfterEach
  void stopListening() {
    listeners.getListenerContainers().forEach(container -> container.stop());
  }

  @Test
  void aTouchIsSentToACustomerWhoArrivesAfterIt() {
    Fixture business = business();
    UUID customer = UUID.randomUUID();
    TouchDue touch = business.mail(customer);

    publisher.publishAndAwait(List.of(due(touch), customer(business, customer)));

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(outcomesOf(business.id)).contains(touch.getTouchId() + "/TouchSent"));
    assertThat(ledgerOf(business.id)).hasSize(1);
  }

  @Test
  void aTouchWaitsForItsCustomerAsLongAsTheReplicaIsBehind() {
    Fixture business = business();
    UUID customer = UUID.randomUUID();
    TouchDue touch = business.mail(customer);
    MessageListenerContainer replica =
        Objects.requireNonNull(listeners.getListenerContainer("dispatch-" + Topics.CUSTOMERS));
    replica.stop();

    publisher.publishAndAwait(List.of(customer(business, customer), due(touch)));

    Awaitility.await()
        .during(PATIENCE.multipliedBy(4))
        .atMost(Duration.ofSeconds(60))
        .until(() -> outcomesOf(business.id).isEmpty());
    replica.start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(outcomesOf(business.id))
                    .containsOnly(touch.getTouchId() + "/TouchSent"));
    assertThat(ledgerOf(business.id)).hasSize(1);
  }

  @Test
  void aStoppedEnrollmentIsNotSentAnyMore() {
    Fixture business = business();
    TouchDue touch = business.mail(business.customer());
    EnrollmentFact stopped =
        new EnrollmentFact(
            UUID.randomUUID(),
            business.id,
            touch.getEnrollmentId(),
            business.campaign,
            touch.getCustomerId(),
            "job-1",
            "hvac",
            NOON,
            new EnrollmentStopped("owner_stopped", 0, null));
    publisher.publishAndAwait(
        List.of(Outgoing.of(Topics.ENROLLMENTS, touch.getCustomerId().toString(), stopped)));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                tenancy.asWorker(
                    () ->
                        jdbc.sql(
                                    "SELECT count(*) FROM stopped_enrollments WHERE business_id = :business")
                                .param("business", business.id)
                                .query(Integer.class)
                                .single()
                            == 1));

    publisher.publishAndAwait(List.of(due(touch)));

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(outcomesOf(business.id)).contains(touch.getTouchId() + "/TouchSkipped"));
  }

  @Test
  void aBatchOverAllPartitionsIsSentOnceEach() {
    Fixture business = business().settings(EmailProvider.RESEND, 1_000, 1_000);
    List<Outgoing> facts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      facts.add(due(business.mail(business.customer())));
    }

    publisher.publishAndAwait(facts);
    publisher.publishAndAwait(facts);

    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(new HashSet<>(outcomesOf(business.id))).hasSize(300));
    assertThat(ledgerOf(business.id)).hasSize(300);
  }

  private static Outgoing due(TouchDue touch) {
    return Outgoing.of(Topics.TOUCHES_DUE, touch.getCustomerId().toString(), touch);
  }

  private static Outgoing customer(Fixture business, UUID customer) {
    CustomerChanged changed =
        new CustomerChanged(
            "ext-1",
            "Ann",
            "Lee",
            "ann@mail.example",
            null,
            List.of(Fixture.DENVER),
            "address",
            "US-CO",
            Map.of());
    return Outgoing.of(
        Topics.CUSTOMERS,
        customer.toString(),
        new CustomerFact(business.id, customer, 1L, NOON, changed));
  }
}
