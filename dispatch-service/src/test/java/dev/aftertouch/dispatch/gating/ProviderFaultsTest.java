package dev.aftertouch.dispatch.gating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.facts.TouchDue;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

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

  private static void fault(String provider, String kind, int times) {
    String body =
        "[{\"provider\":\"%s\",\"kind\":\"%s\",\"remaining\":\"%d\"}]"
            .formatted(provider, kind, times);
    assertThat(sandbox("PUT", "/sandbox/faults", body).statusCode()).isEqualTo(200);
  }
}
