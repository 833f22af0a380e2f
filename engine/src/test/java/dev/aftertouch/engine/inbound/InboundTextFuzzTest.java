package dev.aftertouch.engine.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.aftertouch.engine.inbound.InboundText.Meaning;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** As many texts as fit into the time, {@code -Dfuzz.seconds}; a failure names its seed. */
class InboundTextFuzzTest {
  private static final Duration BUDGET = Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 2));
  private static final Duration AT_MOST = Duration.ofSeconds(1);
  private static final List<String> STOPS =
      List.of("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout");
  private static final List<String> DRESS =
      List.of(
          " ",
          "\n",
          "\t",
          ".",
          "!",
          "...",
          "\"",
          "'",
          "\u00a0",
          "\ud83d\ude21",
          "\u200b",
          "-",
          "*");
  private static final List<String> PIECES =
      List.of(
          "stop",
          "START",
          "unstop",
          "help",
          "yes",
          "no",
          "don't",
          "please",
          "when can you",
          "?",
          "!",
          ".",
          ",",
          " ",
          "\n",
          "\0",
          "\ud83d\uded1",
          "\ud83d",
          "\udd95",
          "\u202e",
          "e\u0301",
          "\u0130",
          "\u017f",
          "\ufb06op",
          "parar",
          "arr\u00eat",
          "basta",
          "remove me",
          "stpo",
          "st0p",
          "s t o p",
          "x".repeat(500),
          "\u0300".repeat(50),
          "1 2 3");

  @Test
  void readsEveryTextInTimeAndTheSameEachTime() {
    long end = System.nanoTime() + BUDGET.toNanos() / 2;
    for (long seed = 1; System.nanoTime() < end; seed++) {
      String body = body(new Random(seed));
      long start = System.nanoTime();
      try {
        InboundText read = InboundText.read(body);
        assertThat(read.rule()).isNotBlank();
        assertThat(InboundText.read(body)).isEqualTo(read);
      } catch (RuntimeException | AssertionError e) {
        fail("seed " + seed + ": " + body, e);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("seed %s", seed)
          .isLessThan(AT_MOST);
    }
  }

  @Test
  void aStopIsOneHoweverItIsDressedAndAStartOnlyAlone() {
    long end = System.nanoTime() + BUDGET.toNanos() / 2;
    for (long seed = 1; System.nanoTime() < end; seed++) {
      Random random = new Random(seed);
      String stop =
          dress(random) + cased(STOPS.get(random.nextInt(STOPS.size())), random) + dress(random);
      assertThat(InboundText.read(stop).meaning())
          .as("seed %s: %s", seed, stop)
          .isEqualTo(Meaning.STOP);
      String start = "start " + PIECES.get(random.nextInt(PIECES.size())) + " the work";
      assertThat(InboundText.read(start).meaning())
          .as("seed %s: %s", seed, start)
          .isNotEqualTo(Meaning.START);
    }
  }

  private static String dress(Random random) {
    StringBuilder dress = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      dress.append(DRESS.get(random.nextInt(DRESS.size())));
    }
    return dress.toString();
  }

  private static String cased(String word, Random random) {
    StringBuilder cased = new StringBuilder();
    for (char letter : word.toCharArray()) {
      String one = String.valueOf(letter);
      cased.append(random.nextBoolean() ? one : one.toUpperCase(Locale.ROOT));
    }
    return cased.toString();
  }

  private static String body(Random random) {
    StringBuilder body = new StringBuilder();
    int pieces = random.nextInt(50) == 0 ? 400 : random.nextInt(12);
    for (int i = 0; i < pieces; i++) {
      body.append(PIECES.get(random.nextInt(PIECES.size())))
          .append(random.nextBoolean() ? " " : "");
    }
    return body.toString();
  }
}
