package dev.aftertouch.engine.journey;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Runs a property over many seeds. A failure names its seed; to see only that case again run the
 * test with {@code -Dseed=<seed>} in {@code argLine}.
 */
final class Randomness {
  private static final int CASES = 2_000;

  private final Random random;

  private Randomness(long seed) {
    random = new Random(seed);
  }

  static void forManySeeds(Consumer<Randomness> property) {
    Long only = Long.getLong("seed");
    if (only != null) {
      check(only, property);
      return;
    }
    for (long seed = 0; seed < CASES; seed++) {
      check(seed, property);
    }
  }

  private static void check(long seed, Consumer<Randomness> property) {
    try {
      property.accept(new Randomness(seed));
    } catch (AssertionError | RuntimeException failure) {
      throw new AssertionError("Seed " + seed + ": " + failure.getMessage(), failure);
    }
  }

  /** From 0 up to and without the bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** One time in so many. */
  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
