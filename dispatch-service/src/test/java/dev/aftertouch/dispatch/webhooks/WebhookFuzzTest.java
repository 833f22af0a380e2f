package dev.aftertouch.dispatch.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** As many as fit into the time, {@code -Dfuzz.seconds}; a failure names its seed. */
class WebhookFuzzTest extends DispatchGround {
  private static final Duration BUDGET = Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 2));
  private static final List<String> PIECES =
      List.of(
          "{\"type\":\"email.clicked\",\"data\":{",
          "\"type\":\"email.bounced\"",
          "\"created_at\":\"9999999-01-01T00:00:00Z\"",
          "\"tags\":{\"business_id\":\"" + UUID.randomUUID() + "\"",
          "\"tags\":[{\"name\":\"attempt_id\",\"value\":7}]",
          "\"click\":{\"link\":{},\"userAgent\":[1]}",
          "\"email_id\":null",
          "[[[[[[[[",
          "}",
          "]",
          ",",
          ":",
          "\"\\u0000\"",
          "1e999999999",
          "\0",
          "é");

  @Test
  void answersEverySignedBodyWithADecisionAndNoForgedOne() {
    long end = System.nanoTime() + BUDGET.toNanos();
    long tried = 0;
    for (long seed = 1; System.nanoTime() < end; seed++) {
      Random random = new Random(seed);
      byte[] body = body(random);
      String id = "fuzz-" + UUID.randomUUID();
      String signature = WebhooksTest.svix(id, NOON, body);

      assertThat(WebhooksTest.resend("platform", id, NOON, signature, body))
          .as("seed %s, signed: %s", seed, new String(body, StandardCharsets.UTF_8))
          .isEqualTo(204);
      byte[] bent = bent(body, random);
      assertThat(WebhooksTest.resend("platform", id, NOON, signature, bent))
          .as("seed %s, forged", seed)
          .isEqualTo(401);
      assertThat(WebhooksTest.resend("platform", id, NOON, bent(signature, random), body))
          .as("seed %s, with another signature", seed)
          .isEqualTo(401);
      tried++;
    }
    assertThat(tried).isPositive();
  }

  private static byte[] body(Random random) {
    StringBuilder text =
        new StringBuilder(random.nextBoolean() ? "{\"type\":\"email.opened\"," : "");
    for (int i = random.nextInt(10); i >= 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(3) == 0) {
      body[random.nextInt(body.length)] = (byte) random.nextInt();
    }
    return body;
  }

  private static byte[] bent(byte[] body, Random random) {
    byte[] bent = Arrays.copyOf(body, body.length);
    bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(8));
    return bent;
  }

  private static String bent(String signature, Random random) {
    int at = 3 + random.nextInt(signature.length() - 5);
    char other = signature.charAt(at) == 'A' ? 'B' : 'A';
    return signature.substring(0, at) + other + signature.substring(at + 1);
  }
}
