package dev.aftertouch.gateway.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @Test
  void allowsSoManyPerAddressAndMinute() {
    Attempts attempts = new Attempts(2);

    assertThat(attempts.allow("a", NOON)).isTrue();
    assertThat(attempts.allow("a", NOON.plusSeconds(59))).isTrue();
    assertThat(attempts.allow("a", NOON.plusSeconds(59))).isFalse();
    assertThat(attempts.allow("b", NOON.plusSeconds(59))).isTrue();
    assertThat(attempts.allow("a", NOON.plusSeconds(60))).isTrue();
  }

  @Test
  void remembersAnAddressWhileOthersComeAndGo() {
    Attempts attempts = new Attempts(1);
    attempts.allow("busy", NOON);

    for (int other = 0; other < 9_999; other++) {
      attempts.allow("other" + other, NOON);
    }

    assertThat(attempts.allow("busy", NOON)).isFalse();
  }
}
