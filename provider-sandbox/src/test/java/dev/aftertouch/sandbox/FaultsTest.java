package dev.aftertouch.sandbox;

import static dev.aftertouch.sandbox.RunningSandbox.CUSTOMER;
import static dev.aftertouch.sandbox.RunningSandbox.simpleEmail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
  private RunningSandbox providers;

  @BeforeEach
  void start() throws Exception {
    providers = new RunningSandbox("--auto-deliver", "false");
  }

  @AfterEach
  void stop() {
    providers.close();
  }

  @ParameterizedTest
  @CsvSource({
    "too_many_requests, 429, 429, 0",
    "server_error, 500, 500, 0",
    "unauthorized, 403, 401, 0",
    "server_error_after_accept, 500, 500, 2"
  })
  void answersAsABadDayWould(String kind, int fromResend, int fromTwilio, int accepted) {
    order("[{\"kind\":\"" + kind + "\",\"remaining\":2}]");

    RunningSandbox.Answer resend = providers.email(simpleEmail("jo@example.org"));
    RunningSandbox.Answer twilio = providers.text(CUSTOMER, "Hello");

    assertThat(resend.status()).isEqualTo(fromResend);
    assertThat(twilio.status()).isEqualTo(fromTwilio);
    assertThat(resend.headers().containsKey("retry-after")).isEqualTo(fromResend == 429);
    assertThat(providers.accepted()).isEqualTo(accepted);
    assertThat(providers.email(simpleEmail("jo@example.org")).status()).isEqualTo(200);
  }

  @Test
  void acceptsAndCutsSoThatOnlyARepeatWithTheKeyIsSafe() {
    order("[{\"kind\":\"accept_then_cut\",\"remaining\":2}]");

    assertThatThrownBy(() -> providers.email("key-1", simpleEmail("jo@example.org")))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> providers.text(CUSTOMER, "Hello"))
        .isInstanceOf(UncheckedIOException.class);
    providers.email("key-1", simpleEmail("jo@example.org"));
    providers.text(CUSTOMER, "Hello");

    assertThat(providers.outcomes()).isEqualTo("accepted accepted repeated accepted");
  }

  @Test
  void cutsBeforeItAcceptsAnything() {
    order("[{\"kind\":\"cut_before\",\"remaining\":1,\"provider\":\"twilio\"}]");

    assertThatThrownBy(() -> providers.text(CUSTOMER, "Hello"))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(providers.outcomes()).isEqualTo("cut");
    assertThat(providers.get("/sandbox/messages").get("total").asInt()).isZero();
  }

  @Test
  void strikesOnlyTheProviderAndAddressThatWereNamed() {
    order("[{\"provider\":\"resend\",\"kind\":\"server_error\",\"to\":\"jo@\"}]");

    assertThat(providers.email(simpleEmail("jo@example.org")).status()).isEqualTo(500);
    assertThat(providers.email(simpleEmail("al@example.org")).status()).isEqualTo(200);
    assertThat(providers.text(CUSTOMER, "Hello").status()).isEqualTo(201);
    providers.send("DELETE", "/sandbox/faults", "");
    assertThat(providers.email(simpleEmail("jo@example.org")).status()).isEqualTo(200);
  }

  @Test
  void strikesTheSameRequestsForTheSameSeed() {
    String half = "[{\"kind\":\"server_error\",\"probability\":0.5}]";

    List<Integer> first = statuses(half);
    List<Integer> second = statuses(half);

    assertThat(first).isEqualTo(second).contains(200, 500);
  }

  @Test
  void saysWhatIsWrongWithAnOrder() {
    RunningSandbox.Answer unknown =
        providers.send("PUT", "/sandbox/faults", "[{\"kind\":\"earthquake\"}]");
    RunningSandbox.Answer impossible =
        providers.send("PUT", "/sandbox/faults", "[{\"kind\":\"delay\",\"probability\":2}]");
    RunningSandbox.Answer broken = providers.send("PUT", "/sandbox/faults", "{");

    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.json().get("detail").asString()).contains("earthquake");
    assertThat(impossible.status()).isEqualTo(400);
    assertThat(broken.status()).isEqualTo(400);
  }

  private List<Integer> statuses(String order) {
    order(order);
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      statuses.add(providers.email(simpleEmail("jo@example.org")).status());
    }
    return statuses;
  }

  private void order(String faults) {
    assertThat(providers.send("PUT", "/sandbox/faults", faults).status()).isEqualTo(200);
  }
}
