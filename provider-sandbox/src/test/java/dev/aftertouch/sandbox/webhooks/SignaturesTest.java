package dev.aftertouch.sandbox.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The originals' own published examples. */
class SignaturesTest {
  @Test
  void signsTheExampleOfStandardWebhooks() {
    SvixSignature signature = new SvixSignature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    String signed =
        signature.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, bytes("{\"test\": 2432232314}"));

    assertThat(signed).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void signsTheExampleOfSvix() {
    SvixSignature signature = new SvixSignature("whsec_plJ3nmyCDGBKInavdOK15jsl");

    String signed =
        signature.sign(
            "msg_loFOjxBNrRLzqYUf",
            1731705121,
            bytes("{\"event_type\":\"ping\",\"data\":{\"success\":true}}"));

    assertThat(signed).isEqualTo("v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=");
  }

  @Test
  void signsTheExampleOfTwilio() {
    String signed =
        new TwilioSignature("12345")
            .sign(
                "https://mycompany.com/myapp.php?foo=1&bar=2",
                Map.of(
                    "To", "+18005551212",
                    "Digits", "1234",
                    "CallSid", "CA1234567890ABCDE",
                    "From", "+14158675309",
                    "Caller", "+14158675309"));

    assertThat(signed).isEqualTo("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
  }

  @Test
  void refusesASecretOfAnotherKind() {
    assertThatThrownBy(() -> new SvixSignature("secret"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
