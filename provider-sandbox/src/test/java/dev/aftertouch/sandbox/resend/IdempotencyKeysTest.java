package dev.aftertouch.sandbox.resend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.sandbox.resend.IdempotencyKeys.Claim;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdempotencyKeysTest {
  private static final long DAY = 24 * 3_600_000L;
  private static final String PAYLOAD = "ab".repeat(32);
  private static final UUID ID = new UUID(1, 2);

  private final IdempotencyKeys keys = new IdempotencyKeys();

  @Test
  void forgetsAKeyAfterADay() {
    keys.used("key", PAYLOAD, ID, 1000);

    assertThat(keys.claim("key", PAYLOAD, 1000 + DAY)).isEqualTo(new Claim.Repeated(ID));
    assertThat(keys.claim("key", PAYLOAD, 1001 + DAY)).isEqualTo(new Claim.Fresh());
  }

  @Test
  void letsAnAbandonedKeyBeUsedAgain() {
    keys.claim("key", PAYLOAD, 0);
    assertThat(keys.claim("key", PAYLOAD, 0)).isEqualTo(new Claim.InProgress());

    keys.abandon("key");

    assertThat(keys.claim("key", PAYLOAD, 0)).isEqualTo(new Claim.Fresh());
  }

  @Test
  void knowsEachOfManyKeysByItsOwnId() {
    for (int i = 0; i < 200_000; i++) {
      keys.used("touch-" + i, PAYLOAD, new UUID(7, i), 0);
    }

    for (int i = 0; i < 200_000; i++) {
      assertThat(keys.claim("touch-" + i, PAYLOAD, 0))
          .isEqualTo(new Claim.Repeated(new UUID(7, i)));
    }
    assertThat(keys.claim("touch-x", PAYLOAD, 0)).isEqualTo(new Claim.Fresh());
  }
}
