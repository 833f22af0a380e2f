package dev.aftertouch.dispatch.gating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.facts.TouchDue;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class ProviderFaultsTest extends DispatchGround {
  @Autowired private DispatchTouches dispatch;

  @Test
  void retriesAnEmailWhoseAnswerWasLostWithTheSameKey() {
    Fixture business = business();
    TouchDue touch = business.mail(business.customer());
    fault("resend", "accept_then_cut", 1);

    dispatch.dispatch(List.of(touch));

    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("accepted/accepted");
    assertThat(ledgerOf(business.id))
        .extracting(entry -> entry.path("outcome").asString())
        .containsExactly("accepted", "repeated");
  }

  @Test
  void handsEmailsOverByOneCallAndTextsOneByOne() {
    Fixture business = business();
    List<TouchDue> mails = business.customers(3).stream().map(business::mail).toList();
    TouchDue text = business.text(business.customer());

    dispatch.dispatch(Stream.concat(mails.stream(), Stream.of(text)).toList());

    List<JsonNode> ledger = ledgerOf(business.id);
    assertThat(ledger).hasSize(4).extracting(e -> text(e, "outcome")).containsOnly("accepted");
    assertThat(
            ledger.stream()
                .filter(e -> text(e, "provider").equals("resend"))
                .map(e -> text(e, "sha256"))
                .collect(Collectors.groupingBy(bytes -> bytes, Collectors.counting()))
                .values())
        .as("calls, by their bytes")
        .containsExactly(3L);
    assertThat(messageIdsOf(business)).doesNotHaveDuplicates().hasSize(4).doesNotContainNull();
    assertThat(messageIdsOf(business))
        .containsExactlyInAnyOrderElementsOf(ledger.stream().map(e -> text(e, "id")).toList());
  }

  @Test
  void repeatsACallOfSeveralWithItsKeyWhenTheAnswerWasLost() {
    Fixture business = business();
    List<TouchDue> mails = business.customers(3).stream().map(business::mail).toList();
    fault("resend", "accept_then_cut", 1);

    dispatch.dispatch(mails);

    assertThat(mails)
        .allSatisfy(
            mail ->
                assertThat(stateOf(business.id, mail.getTouchId())).isEqualTo("accepted/accepted"));
    assertThat(ledgerOf(business.id))
        .extracting(e -> text(e, "outcome"))
        .containsExactly("accepted", "accepted", "accepted", "repeated");
  }

  @Test
  void oneMessageThatTheProviderRefusesHoldsNoOtherUp() {
    Fixture business = business();
    List<TouchDue> mails =
        Stream.concat(
                business.customers(2).stream(),
                Stream.of(
                    business.customer(
                        UUID.randomUUID(), "not an address", null, Fixture.DENVER, "Ann")))
            .map(business::mail)
            .toList();

    dispatch.dispatch(mails);

    assertThat(mails)
        .extracting(mail -> stateOf(business.id, mail.getTouchId()))
        .containsExactly("accepted/accepted", "accepted/accepted", "rejected/rejected_by_provider");
    assertThat(ledgerOf(business.id))
        .filteredOn(e -> text(e, "outcome").equals("accepted"))
        .hasSize(2);
  }

  private static String text(JsonNode entry, String field) {
    return entry.path(field).asString();
  }

  private List<String> messageIdsOf(Fixture business) {
    return tenancy.asWorker(
        () ->
            jdbc.sql("SELECT provider_message_id FROM touches WHERE business_id = :business")
                .param("business", business.id)
                .query(String.class)
                .list());
  }

  @Test
  void neverRepeatsATextWhoseAnswerWasLost() {
    Fixture business = business();
    TouchDue touch = business.text(business.customer());
    fault("twilio", "accept_then_cut", 1);

    dispatch.dispatch(List.of(touch));
    dispatch.dispatch(List.of(touch));

    assertThat(stateOf(business.id, touch.getTouchId())).startsWith("unknown/");
    assertThat(ledgerOf(business.id)).hasSize(1);
    assertThat(outcomesOf(business.id)).containsOnly(touch.getTouchId() + "/TouchUnknown");
  }

  @Test
  void neverRepeatsATextAfterAServerError() {
    Fixture business = business();
    TouchDue touch = business.text(business.customer());
    fault("twilio", "server_error_after_accept", 1);

    dispatch.dispatch(List.of(touch));

    assertThat(stateOf(business.id, touch.getTouchId())).startsWith("unknown/");
    assertThat(ledgerOf(business.id)).hasSize(1);
  }

  @Test
  void defersWhatTheProviderWantsLater() {
    Fixture business = business();
    TouchDue touch = business.mail(business.customer());
    fault("resend", "too_many_requests", 1);

    dispatch.dispatch(List.of(touch));

    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("deferred/provider_throttled");
    dispatch.dispatch(List.of(business.again(touch, NOON)));
    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("accepted/accepted");
  }

  @Test
  void keepsTouchesWhenTheCredentialsAreRefused() {
    Fixture business = business();
    TouchDue touch = business.text(business.customer());
    fault("twilio", "unauthorized", 1);

    dispatch.dispatch(List.of(touch));

    assertThat(stateOf(business.id, touch.getTouchId()))
        .isEqualTo("deferred/provider_unauthorized");
  }

  @Test
  void tellsARejectionFromAFault() {
    Fixture business = business();
    TouchDue touch =
        business.text(business.customer(UUID.randomUUID(), null, "+123", Fixture.DENVER, "Ann"));

    dispatch.dispatch(List.of(touch));

    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("rejected/rejected_by_provider");
    assertThat(outcomesOf(business.id)).containsOnly(touch.getTouchId() + "/TouchFailed");
  }

  @Test
  void waitsForAnAnswerOnlyUntilTheTimeLimit() {
    Fixture business = business();
    TouchDue slow =
        business.text(
            business.customer(UUID.randomUUID(), null, "+17205550199", Fixture.DENVER, "Ann"));
    sandbox(
        "PUT",
        "/sandbox/faults",
        "[{\"provider\":\"twilio\",\"kind\":\"delay\",\"delay_ms\":\"6000\",\"to\":\"+17205550199\"}]");

    dispatch.dispatch(List.of(slow));

    // Our own limit and the socket's are the same: either may be first.
    assertThat(stateOf(business.id, slow.getTouchId()))
        .isIn("unknown/timeout", "unknown/SocketTimeoutException");
  }
}
