package dev.aftertouch.dispatch.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.Gate;
import dev.aftertouch.engine.business.BusinessSettings.EmailProvider;
import dev.aftertouch.facts.TouchDue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What is known of a message whose answer was lost only grows, in whatever order it is told. */
class StatusLatticeTest extends DispatchGround {
  @Autowired private Gate gate;

  @ParameterizedTest
  @CsvSource({
    "queued sending sent delivered, [DELIVERED]",
    "queued sending sent undelivered, [UNDELIVERED]",
    "queued sent failed, [UNDELIVERED]",
    "sent delivered failed, '[DELIVERED, UNDELIVERED]'"
  })
  void allOrdersOfALostTextsStatusesWithRepeatsEndEqual(String statuses, String known) {
    List<List<String>> orders = WebhookOrderTest.orders(List.of(statuses.split(" ")));
    Fixture business = business().settings(EmailProvider.RESEND, 1_000, 1_000);
    List<TouchDue> texts = new ArrayList<>();
    orders.forEach(ignored -> texts.add(business.text(business.customer())));
    gate.dispatch(texts);
    forgetTheAnswers(business);
    Map<UUID, UUID> attempts = attemptsOf(business.id);
    Random random = new Random(11);
    for (int i = 0; i < orders.size(); i++) {
      UUID attempt = Objects.requireNonNull(attempts.get(texts.get(i).getTouchId()));
      List<String> told = new ArrayList<>();
      for (String status : orders.get(i)) {
        told.add(status);
        tell(business, attempt, status);
        tell(business, attempt, told.get(random.nextInt(told.size())));
      }
    }
    awaitOutbox();

    Map<String, Integer> ends = new TreeMap<>();
    Map<UUID, List<String>> kinds = engagementsOf(business.id);
    List<String> outcomes = outcomesOf(business.id);
    for (TouchDue text : texts) {
      UUID id = text.getTouchId();
      assertThat(outcomes.stream().filter((id + "/TouchSent")::equals)).as("told").hasSize(2);
      ends.merge(stateOf(business.id, id) + " " + new TreeSet<>(kinds.get(id)), 1, Integer::sum);
    }
    assertThat(ends).isEqualTo(Map.of("accepted/accepted " + known, orders.size()));
  }

  @ParameterizedTest
  @CsvSource({
    "email.delivered, unknown",
    "email.bounced, unknown",
    "email.delivered, overdue",
    "email.failed, overdue"
  })
  void anyEventOfALostMailTellsThatItWasSent(String event, String left) {
    Fixture business = business();
    TouchDue mail = business.mail(business.customer());
    gate.dispatch(List.of(mail));
    if (left.equals("unknown")) {
      forgetTheAnswers(business);
    } else {
      leaveClaimed(business, 10);
    }

    post(business, attempt(business, mail), event);

    awaitOutbox();
    assertThat(stateOf(business.id, mail.getTouchId())).isEqualTo("accepted/accepted");
    assertThat(outcomesOf(business.id))
        .containsExactly(mail.getTouchId() + "/TouchSent", mail.getTouchId() + "/TouchSent");
  }

  @Test
  void leavesAClaimToItsOwnerUntilItIsOverdue() {
    Fixture business = business();
    TouchDue mail = business.mail(business.customer());
    gate.dispatch(List.of(mail));
    leaveClaimed(business, -10);

    post(business, attempt(business, mail), "email.delivered");

    assertThat(stateOf(business.id, mail.getTouchId())).startsWith("claimed/");
  }

  /** As if the process had died, or the provider's answer never come. */
  private void forgetTheAnswers(Fixture business) {
    tenancy.asWorker(
        () -> {
          jdbc.sql(
                  """
                  UPDATE touches SET state = 'unknown', reason = 'no_answer', provider_message_id = NULL
                  WHERE business_id = :business
                  """)
              .param("business", business.id)
              .update();
          jdbc.sql(
                  """
                  INSERT INTO unknown_attempts (business_id, attempt_id, touch_id, provider, next_look_at)
                  SELECT business_id, attempt_id, touch_id, provider, now() + interval '1 day'
                  FROM touches WHERE business_id = :business
                  """)
              .param("business", business.id)
              .update();
        });
  }

  private void leaveClaimed(Fixture business, int secondsOverdue) {
    tenancy.asWorker(
        () ->
            jdbc.sql(
                    """
                    UPDATE touches SET state = 'claimed', reason = 'allowed', provider_message_id = NULL,
                      deadline = now() - make_interval(secs => :overdue)
                    WHERE business_id = :business
                    """)
                .param("overdue", secondsOverdue)
                .param("business", business.id)
                .update());
  }

  private UUID attempt(Fixture business, TouchDue touch) {
    return Objects.requireNonNull(attemptsOf(business.id).get(touch.getTouchId()));
  }

  private void awaitOutbox() {
    Awaitility.await()
        .until(
            () ->
                tenancy.asWorker(
                    () ->
                        jdbc.sql("SELECT count(*) FROM outbox").query(Integer.class).single()
                            == 0));
  }

  private static void tell(Fixture business, UUID attempt, String status) {
    assertThat(TwilioStatusTest.tell(business.id, attempt, status, "")).isEqualTo(204);
  }

  private static void post(Fixture business, UUID attempt, String event) {
    byte[] body =
        "{\"type\":\"%s\",\"created_at\":\"%s\",\"data\":{\"email_id\":\"re_1\",\"tags\":{\"business_id\":\"%s\",\"attempt_id\":\"%s\"}}}"
            .formatted(event, NOON, business.id, attempt)
            .getBytes(StandardCharsets.UTF_8);
    String id = event + "/" + attempt;
    assertThat(WebhooksTest.resend("platform", id, NOON, WebhooksTest.svix(id, NOON, body), body))
        .isEqualTo(204);
  }
}
