package dev.aftertouch.dispatch.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.Gate;
import dev.aftertouch.facts.Engagement;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDue;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class TwilioStatusTest extends DispatchGround {
  @Autowired private Gate gate;

  @Test
  void theSandboxsSignedStatusIsTakenAndCounted() {
    Fixture business = business();
    TouchDue touch = business.text(business.customer());
    gate.dispatch(List.of(touch));
    String sid = ledgerOf(business.id).getFirst().path("id").asString();

    sandbox("POST", "/sandbox/messages/" + sid + "/delivered", "{}");

    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(engagements(business))
                    .containsExactly("DELIVERED/" + touch.getTouchId()));
  }

  @Test
  void aQueryThatWasChangedOnTheWayIsRefused() {
    String path = "/w/twilio/platform/status?business=b&attempt=a&touch=t-1&round=";
    String signature = sign(url(path + "0") + "MessageSidSM1MessageStatusdelivered");

    assertThat(status(path + "0", signature)).isEqualTo(204);
    assertThat(status(path + "1", signature)).isEqualTo(401);
    assertThat(status(path.replace("t-1", "t-2") + "0", signature)).isEqualTo(401);
    assertThat(status(path.substring(0, path.indexOf('?')), signature)).isEqualTo(401);
  }

  /** Tells a status of an attempt as Twilio does, signed; answers with the HTTP status. */
  static int tell(UUID business, UUID attempt, String status, String error) {
    String path =
        "/w/twilio/platform/status?business=" + business + "&attempt=" + attempt + "&touch=t";
    String sid = "SM" + attempt.toString().replace("-", "");
    String signature =
        sign(url(path) + "ErrorCode" + error + "MessageSid" + sid + "MessageStatus" + status);
    return call(HttpRequest.newBuilder(URI.create(url(path)))
            .header("X-Twilio-Signature", signature)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "MessageSid=" + sid + "&MessageStatus=" + status + "&ErrorCode=" + error)))
        .statusCode();
  }

  private static int status(String path, String signature) {
    return call(HttpRequest.newBuilder(URI.create(url(path)))
            .header("X-Twilio-Signature", signature)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("MessageSid=SM1&MessageStatus=delivered")))
        .statusCode();
  }

  private static String sign(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(TWILIO_TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  private List<String> engagements(Fixture business) {
    return read(Topics.ENGAGEMENTS).stream()
        .map(Engagement.class::cast)
        .filter(engagement -> engagement.getBusinessId().equals(business.id))
        .map(engagement -> engagement.getKind() + "/" + engagement.getTouchId())
        .toList();
  }
}
