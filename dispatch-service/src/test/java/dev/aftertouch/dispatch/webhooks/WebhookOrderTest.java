package dev.aftertouch.dispatch.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.Gate;
import dev.aftertouch.engine.business.BusinessSettings.EmailProvider;
import dev.aftertouch.facts.TouchDue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is known of a message grows with each event and does not depend on their order. */
class WebhookOrderTest extends DispatchGround {
  private static final String CLICK =
      ",\"click\":{\"link\":\"https://reviews.example/summit?a=1&b=2\",\"userAgent\":\"Mozilla/5.0\"}";

  @Autowired private Gate gate;

  @Test
  void allOrdersOfAMessagesEventsWithRepeatsEndInTheSameState() {
    assertThat(ends("email.bounced"))
        .containsOnlyKeys("[BOUNCED, CLICKED, DELIVERED, OPENED] suppressed stopped");
    assertThat(ends("email.complained"))
        .containsOnlyKeys("[CLICKED, COMPLAINED, DELIVERED, OPENED] suppressed stopped");
  }

  /** How the messages ended, each with how many did. */
  private Map<String, Integer> ends(String last) {
    List<List<String>> orders =
        orders(List.of("email.sent", "email.delivered", "email.opened", "email.clicked", last));
    assertThat(orders).hasSize(120);
    Fixture business = business().settings(EmailProvider.RESEND, 1_000, 1_000);
    List<TouchDue> touches = new ArrayList<>();
    orders.forEach(ignored -> touches.add(business.mail(business.customer())));
    gate.dispatch(touches);
    Map<UUID, UUID> attempts = attemptsOf(business.id);
    Random random = new Random(7);
    for (int i = 0; i < orders.size(); i++) {
      UUID attempt = Objects.requireNonNull(attempts.get(touches.get(i).getTouchId()));
      List<String> sent = new ArrayList<>();
      for (String event : orders.get(i)) {
        sent.add(event);
        post(business, attempt, event);
        post(business, attempt, sent.get(random.nextInt(sent.size())));
      }
    }
    Awaitility.await()
        .until(
            () ->
                ids(business, "t.attempt_id = s.attempt_id AND NOT s.settled", "link_hits s")
                        .isEmpty()
                    && count("SELECT count(*) FROM outbox") == 0);

    Map<UUID, List<String>> kinds = engagementsOf(business.id);
    Set<UUID> suppressed = ids(business, "t.address = s.address", "suppressions s");
    Set<UUID> stopped = ids(business, "t.enrollment_id = s.enrollment_id", "stopped_enrollments s");
    Map<String, Integer> ends = new TreeMap<>();
    for (TouchDue touch : touches) {
      UUID id = touch.getTouchId();
      List<String> told = kinds.getOrDefault(id, List.of());
      assertThat(told).as("each is told of once").doesNotHaveDuplicates();
      ends.merge(
          new TreeSet<>(told)
              + (suppressed.contains(id) ? " suppressed" : "")
              + (stopped.contains(id) ? " stopped" : ""),
          1,
          Integer::sum);
    }
    return ends;
  }

  /** All orders of some events. */
  static List<List<String>> orders(List<String> events) {
    if (events.isEmpty()) {
      return List.of(List.of());
    }
    List<List<String>> orders = new ArrayList<>();
    for (String first : events) {
      List<String> rest = new ArrayList<>(events);
      rest.remove(first);
      for (List<String> order : orders(rest)) {
        List<String> whole = new ArrayList<>(List.of(first));
        whole.addAll(order);
        orders.add(whole);
      }
    }
    return orders;
  }

  private Set<UUID> ids(Fixture business, String joined, String table) {
    return tenancy.asWorker(
        () ->
            new HashSet<>(
                jdbc.sql(
                        "SELECT t.touch_id FROM touches t JOIN "
                            + table
                            + " ON t.business_id = s.business_id AND "
                            + joined
                            + " WHERE t.business_id = :business")
                    .param("business", business.id)
                    .query(UUID.class)
                    .list()));
  }

  private int count(String sql) {
    return tenancy.asWorker(() -> jdbc.sql(sql).query(Integer.class).single());
  }

  private static void post(Fixture business, UUID attempt, String event) {
    byte[] body =
        "{\"type\":\"%s\",\"created_at\":\"%s\",\"data\":{\"tags\":{\"business_id\":\"%s\",\"attempt_id\":\"%s\"}%s}}"
            .formatted(event, NOON, business.id, attempt, event.endsWith("clicked") ? CLICK : "")
            .getBytes(StandardCharsets.UTF_8);
    String id = event + "/" + attempt;
    assertThat(WebhooksTest.resend("platform", id, NOON, WebhooksTest.svix(id, NOON, body), body))
        .isEqualTo(204);
  }
}
