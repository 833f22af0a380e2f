package dev.aftertouch.dispatch.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.sending.TwilioMessages;
import dev.aftertouch.dispatch.suppressing.Address;
import dev.aftertouch.dispatch.suppressing.Suppressions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * An opt-out is confirmed by the answer to its own webhook or not at all: so once, within the
 * seconds that the provider waits for it.
 */
class ConfirmationsTest extends DispatchGround {
  @Autowired private MissedTexts missed;
  @Autowired private Suppressions suppressions;
  private Fixture business;
  private Map<String, String> stop;

  @BeforeEach
  void aStopThatTwilioDoesNotKnow() {
    business = business();
    stop =
        Map.of(
            "MessageSid",
            "SM" + UUID.randomUUID(),
            "From",
            Fixture.randomPhone(),
            "To",
            business.phone,
            "Body",
            "please stop texting me");
  }

  @Test
  void aRepeatOfTheWebhookIsNotConfirmedAgain() {
    assertThat(WebhooksTest.text(stop).body()).contains("<Message>");
    clock().advance(Duration.ofMinutes(4));

    assertThat(WebhooksTest.text(stop).body()).doesNotContain("<Message>");
  }

  @Test
  void nothingIsSaidWhereTheProviderHasAnswered() {
    Map<String, String> answered = new HashMap<>(stop);
    answered.put("OptOutType", "STOP");

    assertThat(WebhooksTest.text(answered).body()).doesNotContain("<Message>");
    assertThat(isSuppressed()).isTrue();
  }

  @Test
  void aStopThatIsFoundLaterIsInForceAndConfirmedByNobody() {
    clock().advance(Duration.ofMinutes(6));

    missed.take(
        "platform",
        List.of(
            new TwilioMessages.Received(
                text("MessageSid"), text("From"), text("To"), text("Body"), NOON)));

    assertThat(isSuppressed()).isTrue();
    assertThat(ledgerOf(business.id)).isEmpty();
    assertThat(WebhooksTest.text(stop).body()).doesNotContain("<Message>");
  }

  private boolean isSuppressed() {
    return tenancy.asWorker(
        () -> suppressions.isSuppressed(Address.phone(business.id, text("From"))));
  }

  private String text(String field) {
    return stop.getOrDefault(field, "");
  }
}
