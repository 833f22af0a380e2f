package dev.aftertouch.dispatch.links;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.links.LinkTokens.Link;
import dev.aftertouch.dispatch.links.LinkTokens.Purpose;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** As many tokens as fit into the time, {@code -Dfuzz.seconds}; a failure names its seed. */
class LinkTokensFuzzTest {
  private static final Duration BUDGET = Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 2));

  private final LinkTokens tokens = new LinkTokens("a key for the links of the tests");
  private final LinkTokens others = new LinkTokens("another key for the same links");

  @Test
  void readsWhatItWroteForThatPurposeAndNothingElse() {
    long end = System.nanoTime() + BUDGET.toNanos();
    for (long seed = 1; System.nanoTime() < end; seed++) {
      Random random = new Random(seed);
      Purpose purpose = any(random);
      Link link =
          new Link(
              new UUID(random.nextLong(), random.nextLong()),
              new UUID(random.nextLong(), random.nextLong()),
              random.nextInt(256));
      String token = tokens.write(purpose, link);

      assertThat(tokens.read(purpose, token)).as("seed %s", seed).contains(link);
      for (Purpose other : Purpose.values()) {
        assertThat(tokens.read(other, token).isPresent())
            .as("seed %s", seed)
            .isEqualTo(other == purpose);
      }
      assertThat(others.read(purpose, token)).as("seed %s, another key", seed).isEmpty();
      String bent = bent(token, random);
      assertThat(tokens.read(purpose, bent))
          .as("seed %s: %s", seed, bent)
          .isEqualTo(Optional.empty());
    }
  }

  private static Purpose any(Random random) {
    return Purpose.values()[random.nextInt(Purpose.values().length)];
  }

  /** Another text than that token, near it or far from it. */
  private static String bent(String token, Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> {
        byte[] bytes = Base64.getUrlDecoder().decode(token);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        yield Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      }
      case 1 -> token.substring(0, random.nextInt(token.length()));
      case 2 -> token + (char) (' ' + random.nextInt(95));
      case 3 -> {
        byte[] noise = new byte[random.nextInt(100)];
        random.nextBytes(noise);
        yield new String(noise, StandardCharsets.ISO_8859_1);
      }
      default -> {
        int at = random.nextInt(token.length());
        yield token.substring(0, at) + '\u00e9' + token.substring(at + 1);
      }
    };
  }
}
