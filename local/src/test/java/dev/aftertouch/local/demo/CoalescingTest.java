package dev.aftertouch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoalescingTest {
  private static final Instant NINE = Instant.parse("2030-03-05T09:00:00Z");

  @Test
  void makesOneLineOfWhatIsAlike() {
    assertThat(
            Coalescing.of(
                List.of(
                    sent(2, "e-mail 1", "Ben"),
                    sent(1, "e-mail 1", "Ava"),
                    sent(3, "e-mail 1", "Cem"),
                    sent(0, "text 2", "Dan"))))
        .containsExactly(sent(0, "text 2", "Dan"), sent(1, "e-mail 1", "Ava and 2 more"));
  }

  @Test
  void namesTwo() {
    assertThat(Coalescing.of(List.of(sent(0, "text 1", "Ava"), sent(1, "text 1", "Ben"))))
        .containsExactly(sent(0, "text 1", "Ava, Ben"));
  }

  @Test
  void keepsApartWhatIsHeldForDifferentTimes() {
    Happening east = new Happening(NINE, Verb.HELD, "text 1", "Ava", "until Tue 08:00 (east)");
    Happening west = new Happening(NINE, Verb.HELD, "text 1", "Ben", "until Tue 08:00 (west)");

    assertThat(Coalescing.of(List.of(east, west))).containsExactly(east, west);
  }

  @Test
  void saysUntilWhenInTheCustomersTime() {
    ZoneId denver = ZoneId.of("America/Denver");
    ZoneId honolulu = ZoneId.of("Pacific/Honolulu");
    Instant until = Instant.parse("2030-03-05T18:00:00Z");

    assertThat(Words.until(until, "quiet_hours", List.of(honolulu)))
        .isEqualTo("until Tue 08:00 (quiet hours, Pacific/Honolulu)");
    assertThat(Words.until(until, "quiet_hours", List.of(denver, honolulu)))
        .isEqualTo("until Tue 11:00 (quiet hours, in all 2 possible zones)");
    assertThat(Words.pacedUntil(until, denver, 100)).isEqualTo("until Tue 11:00 (100 an hour)");
  }

  private static Happening sent(int minutes, String touch, String who) {
    return new Happening(NINE.plusSeconds(60L * minutes), Verb.SENT, touch, who, "");
  }
}
