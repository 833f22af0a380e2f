package dev.aftertouch.dispatch.reconciling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.Gate;
import dev.aftertouch.dispatch.gating.ResendTouch;
import dev.aftertouch.dispatch.sending.ProviderName;
import dev.aftertouch.dispatch.settling.UnknownAttempts;
import dev.aftertouch.dispatch.webhooks.MissedStatuses;
import dev.aftertouch.engine.business.BusinessSettings.OnUnknown;
import dev.aftertouch.facts.Engagement;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDue;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class ReconcilingTest extends DispatchGround {
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  @Autowired private Gate gate;
  @Autowired private ReconcileAttempts attempts;
  @Autowired private PollTexts texts;
  @Autowired private UnknownAttempts unknown;
  @Autowired private ResendTouch resend;
  @Autowired private MissedStatuses missed;

  @Test
  void takesACallbacksWordForAnAttemptWhoseAnswerWasLost() {
    Fixture business = business();
    TouchDue touch = lost(business, "accept_then_cut");

    status(business, "delivered");
    status(business, "delivered");

    awaitState(business, touch, "accepted/accepted");
    assertThat(resolution(business)).containsExactly("accepted/callback");
    assertThat(outcomesOf(business.id))
        .containsExactly(touch.getTouchId() + "/TouchUnknown", touch.getTouchId() + "/TouchSent");
    assertThat(ledgerOf(business.id)).hasSize(1);
  }

  @Test
  void aFailureToldByCallbackIsOneAfterSendingAsIfTheAnswerHadNotBeenLost() {
    Fixture business = business();
    TouchDue touch = lost(business, "server_error_after_accept");

    status(business, "failed");

    awaitState(business, touch, "accepted/accepted");
    assertThat(outcomesOf(business.id))
        .containsExactly(touch.getTouchId() + "/TouchUnknown", touch.getTouchId() + "/TouchSent");
  }

  @Test
  void findsTheTextInTheProvidersList() {
    Fixture business = business();
    TouchDue touch = lost(business, "accept_then_cut");

    lookAt(business, Duration.ofMinutes(1));

    awaitState(business, touch, "accepted/accepted");
    assertThat(resolution(business)).containsExactly("accepted/found_in_list");
    assertThat(messageIds(business))
        .containsExactly(ledgerOf(business.id).getFirst().path("id").asString());
    awaitOutcomes(
        business, touch.getTouchId() + "/TouchUnknown", touch.getTouchId() + "/TouchSent");
  }

  @Test
  void takesNoOthersTextForTheAttempts() {
    Fixture business = business();
    UUID customer = business.customer();
    gate.dispatch(List.of(business.text(customer)));
    TouchDue touch = lost(business, customer, "cut_before");

    lookAt(business, PATIENCE.plusSeconds(1));

    assertThat(stateOf(business.id, touch.getTouchId())).startsWith("unknown/");
    assertThat(resolution(business)).containsExactly("assumed_sent/policy");
    String sid = ledgerOf(business.id).getFirst().path("id").asString();
    assertThat(tenancy.asWorker(() -> unknown.claimed(ProviderName.TWILIO, List.of(sid, "SM0"))))
        .containsExactly(sid);
  }

  @Test
  void assumesSentByDefaultAndStillTakesALateWord() {
    Fixture business = business();
    TouchDue touch = lost(business, "cut_before");

    lookAt(business, PATIENCE.minusSeconds(30));
    assertThat(resolution(business)).containsExactly("open");
    lookAt(business, PATIENCE.plusSeconds(1));
    lookAt(business, PATIENCE.plusSeconds(60));

    assertThat(stateOf(business.id, touch.getTouchId())).startsWith("unknown/");
    assertThat(resolution(business)).containsExactly("assumed_sent/policy");
    assertThat(accepted(business)).isZero();
  }

  @Test
  void resendsOnceWhereTheBusinessWantsItAndTheProviderHasNone() {
    Fixture business = business().onUnknown(OnUnknown.RESEND_ONCE);
    TouchDue touch = lost(business, "cut_before");

    lookAt(business, PATIENCE.plusSeconds(1));
    lookAt(business, PATIENCE.plusSeconds(60));

    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("accepted/accepted");
    assertThat(resolution(business)).containsExactly("resent/not_in_list");
    assertThat(accepted(business)).isEqualTo(1);
    assertThat(attemptsAtTheProvider(business)).hasSize(2).doesNotHaveDuplicates();
    assertThat(outcomesOf(business.id))
        .containsExactly(touch.getTouchId() + "/TouchUnknown", touch.getTouchId() + "/TouchSent");
  }

  @Test
  void neverResendsASecondTime() {
    Fixture business = business().onUnknown(OnUnknown.RESEND_ONCE);
    TouchDue touch = lost(business, "cut_before");
    fault("cut_before");

    lookAt(business, PATIENCE.plusSeconds(1));
    lookAt(business, PATIENCE.plusSeconds(60));
    lookAt(business, PATIENCE.plusSeconds(120));

    assertThat(stateOf(business.id, touch.getTouchId())).startsWith("unknown/");
    assertThat(resolution(business))
        .containsExactlyInAnyOrder("resent/not_in_list", "assumed_sent/resent_before");
    assertThat(ledgerOf(business.id)).hasSize(2);
  }

  @Test
  void resendsOnceThoughSeveralInstancesWantTo() throws InterruptedException {
    Fixture business = business().onUnknown(OnUnknown.RESEND_ONCE);
    TouchDue touch = lost(business, "cut_before");
    UnknownAttempts.Open open =
        tenancy.asWorker(() -> unknown.take(1_000, Duration.ofHours(1))).stream()
            .filter(attempt -> attempt.touch().business().equals(business.id))
            .findFirst()
            .orElseThrow();

    List<Thread> instances =
        IntStream.range(0, 8)
            .mapToObj(i -> Thread.ofVirtual().start(() -> resend.resend(open, "race")))
            .toList();
    for (Thread instance : instances) {
      instance.join();
    }

    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("accepted/accepted");
    assertThat(ledgerOf(business.id)).hasSize(2);
  }

  @Test
  void resendsAnEmailWhoseServerKeepsNoList() {
    Fixture business = business().onUnknown(OnUnknown.RESEND_ONCE);
    TouchDue touch = business.mail(business.customer());
    fault("smtp", "accept_then_cut", 1);
    gate.dispatch(List.of(touch));
    assertThat(stateOf(business.id, touch.getTouchId())).startsWith("unknown/");

    lookAt(business, PATIENCE.plusSeconds(1));

    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("accepted/accepted");
    assertThat(resolution(business)).containsExactly("resent/provider_has_no_list");
  }

  @Test
  void resendsNothingToWhoHasOptedOutMeanwhile() {
    Fixture business = business().onUnknown(OnUnknown.RESEND_ONCE);
    String phone = Fixture.randomPhone();
    UUID customer = business.customer(UUID.randomUUID(), null, phone, Fixture.DENVER, "Ann");
    TouchDue touch = lost(business, customer, "cut_before");
    api(
        "POST",
        "/api/suppressions",
        business.id,
        "owner",
        "{\"channel\":\"sms\",\"address\":\"" + phone + "\"}");

    lookAt(business, PATIENCE.plusSeconds(1));

    assertThat(stateOf(business.id, touch.getTouchId())).startsWith("unknown/");
    assertThat(resolution(business).getFirst()).startsWith("assumed_sent/");
    assertThat(ledgerOf(business.id)).hasSize(1);
  }

  @Test
  void resendsNothingToAnAddressThatIsNotTheOneItWentTo() {
    Fixture business = business().onUnknown(OnUnknown.RESEND_ONCE);
    TouchDue touch = lost(business, "cut_before");
    tenancy.asWorker(
        () ->
            jdbc.sql("UPDATE recipients SET phone = :phone WHERE business_id = :business")
                .param("phone", Fixture.randomPhone())
                .param("business", business.id)
                .update());

    lookAt(business, PATIENCE.plusSeconds(1));

    assertThat(stateOf(business.id, touch.getTouchId())).startsWith("unknown/");
    assertThat(resolution(business)).containsExactly("assumed_sent/missing_variable");
    assertThat(ledgerOf(business.id)).hasSize(1);
  }

  @Test
  void worksInAFailureThatOnlyTheListTellsAsIfItsCallbackHadCome() {
    Fixture business = business();
    TouchDue touch = lost(business, "accept_then_cut");
    JsonNode entry = ledgerOf(business.id).getFirst();
    UUID attempt = UUID.fromString(attempt(entry));

    missed.undelivered(business.id, attempt, entry.path("id").asString(), "21610");
    missed.undelivered(business.id, attempt, entry.path("id").asString(), "21610");

    awaitState(business, touch, "accepted/accepted");
    assertThat(suppression(business)).isEqualTo("blocked_by_provider");
    assertThat(
            read(Topics.ENGAGEMENTS).stream()
                .map(Engagement.class::cast)
                .filter(fact -> fact.getBusinessId().equals(business.id))
                .map(fact -> fact.getKind().toString()))
        .containsExactly("UNDELIVERED");
  }

  @Test
  void waitsWithTheResendForTheMorning() {
    Fixture business = business().onUnknown(OnUnknown.RESEND_ONCE);
    TouchDue touch = lost(business, "cut_before");
    clock().set(NOON.plus(Duration.ofHours(10)));

    lookAt(business, PATIENCE.plusSeconds(1));
    assertThat(resolution(business)).containsExactly("open");
    clock().set(NOON.plus(Duration.ofHours(21)));
    lookAt(business, PATIENCE.plusSeconds(60));

    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("accepted/accepted");
  }

  @Test
  void fetchesAStopThatWasLostAtOurDoorOnce() {
    Fixture business = business();
    String phone = Fixture.randomPhone();
    UUID customer = business.customer(UUID.randomUUID(), null, phone, Fixture.DENVER, "Ann");
    gate.dispatch(List.of(business.text(customer)));
    String sid = ledgerOf(business.id).getFirst().path("id").asString();
    sandbox("POST", "/sandbox/messages/" + sid + "/reply", "{\"body\":\"Stop\",\"lost\":\"true\"}");
    clock().advance(Duration.ofMinutes(6));

    pollAll();
    pollAll();

    TouchDue next = business.text(customer);
    gate.dispatch(List.of(next));
    assertThat(stateOf(business.id, next.getTouchId())).isEqualTo("skipped/suppressed");
    assertThat(inbox(business.phone)).isEqualTo(1);
  }

  @Test
  void takesTheProvidersOptOutOnSendingForAStop() {
    Fixture business = business();
    String phone = Fixture.randomPhone();
    UUID customer = business.customer(UUID.randomUUID(), null, phone, Fixture.DENVER, "Ann");
    gate.dispatch(List.of(business.text(customer)));
    String sid = ledgerOf(business.id).getFirst().path("id").asString();
    sandbox("POST", "/sandbox/messages/" + sid + "/reply", "{\"body\":\"Stop\",\"lost\":\"true\"}");
    TouchDue refused = business.text(customer);
    gate.dispatch(List.of(refused));
    assertThat(stateOf(business.id, refused.getTouchId()))
        .isEqualTo("rejected/rejected_by_provider");

    TouchDue next = business.text(customer);
    gate.dispatch(List.of(next));

    assertThat(stateOf(business.id, next.getTouchId())).isEqualTo("skipped/suppressed");
    assertThat(suppression(business)).isEqualTo("blocked_by_provider");
  }

  private TouchDue lost(Fixture business, String fault) {
    return lost(business, business.customer(), fault);
  }

  /** A text whose answer is lost in that way. */
  private TouchDue lost(Fixture business, UUID customer, String fault) {
    TouchDue touch = business.text(customer);
    fault(fault);
    gate.dispatch(List.of(touch));
    assertThat(stateOf(business.id, touch.getTouchId())).startsWith("unknown/");
    return touch;
  }

  private static void fault(String kind) {
    fault("twilio", kind, 1);
  }

  private static void status(Fixture business, String status) {
    String sid = ledgerOf(business.id).getFirst().path("id").asString();
    assertThat(sandbox("POST", "/sandbox/messages/" + sid + "/" + status, "{}").statusCode())
        .isEqualTo(200);
  }

  /**
   * Lets the reconciler look at the business's attempts as if their answers were lost so long ago.
   */
  private void lookAt(Fixture business, Duration age) {
    tenancy.asWorker(
        () ->
            jdbc.sql(
                    """
                    UPDATE unknown_attempts SET since = now() - make_interval(secs => :age), next_look_at = now()
                    WHERE business_id = :business AND resolution IS NULL
                    """)
                .param("age", age.toSeconds())
                .param("business", business.id)
                .update());
    boolean more = true;
    while (more) {
      more = attempts.reconcile();
    }
  }

  private void pollAll() {
    boolean more = true;
    while (more) {
      more = texts.poll();
    }
  }

  private void awaitState(Fixture business, TouchDue touch, String state) {
    Awaitility.await()
        .untilAsserted(() -> assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo(state));
    awaitOutbox();
  }

  private void awaitOutcomes(Fixture business, String... outcomes) {
    awaitOutbox();
    assertThat(outcomesOf(business.id)).containsExactly(outcomes);
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

  private List<String> resolution(Fixture business) {
    return tenancy.asWorker(
        () ->
            jdbc.sql(
                    "SELECT coalesce(resolution || '/' || reason, 'open') FROM unknown_attempts WHERE business_id = :business")
                .param("business", business.id)
                .query(String.class)
                .list());
  }

  private List<String> messageIds(Fixture business) {
    return tenancy.asWorker(
        () ->
            jdbc.sql("SELECT provider_message_id FROM touches WHERE business_id = :business")
                .param("business", business.id)
                .query(String.class)
                .list());
  }

  private int inbox(String phone) {
    String to = "%To=" + phone.replace("+", "\\%2B") + "%";
    return tenancy.asWorker(
        () ->
            jdbc.sql(
                    "SELECT count(*) FROM webhook_inbox WHERE convert_from(body, 'UTF8') LIKE :to AND kind = 'twilio_inbound'")
                .param("to", to)
                .query(Integer.class)
                .single());
  }

  private String suppression(Fixture business) {
    return tenancy.asWorker(
        () ->
            jdbc.sql("SELECT reason FROM suppressions WHERE business_id = :business")
                .param("business", business.id)
                .query(String.class)
                .single());
  }

  private static long accepted(Fixture business) {
    return ledgerOf(business.id).stream()
        .filter(entry -> entry.path("outcome").asString().equals("accepted"))
        .count();
  }

  private static List<String> attemptsAtTheProvider(Fixture business) {
    return ledgerOf(business.id).stream().map(ReconcilingTest::attempt).toList();
  }

  private static String attempt(JsonNode entry) {
    String text = entry.toString();
    int at = text.indexOf("\"attempt\":\"");
    return text.substring(at + 11, at + 47);
  }
}
