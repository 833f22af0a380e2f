package dev.aftertouch.chaos;

import dev.aftertouch.chaos.Person.Firm;
import dev.aftertouch.chaos.Person.Path;
import dev.aftertouch.chaos.Person.Region;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Who is in a run, drawn from its seed: small businesses, and two that have more touches than they
 * may send in an hour.
 */
record World(List<Firm> firms, List<Person> people) {
  /** Sends of one business and channel in an hour. */
  static final int PER_HOUR = 40;

  private static final int FLOODS = 2;
  private static final int FLOOD = 2 * PER_HOUR;
  private static final Duration HEAD_START = Duration.ofSeconds(5);

  static World of(long seed, int touches, Instant begin, Duration storm) {
    Random random = new Random(seed);
    int persons = touches / 2;
    int small = Math.max(1, (persons - FLOODS * FLOOD) / (PER_HOUR / 3));
    List<Firm> firms = new ArrayList<>();
    for (int i = 0; i < FLOODS + small; i++) {
      firms.add(new Firm(i, Path.values()[i % Path.values().length]));
    }
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < persons; i++) {
      Firm firm = firms.get(i < FLOODS * FLOOD ? i % FLOODS : FLOODS + i % small);
      Instant publish = begin.plusMillis((long) (random.nextDouble() * 0.8 * storm.toMillis()));
      people.add(
          new Person(
              i,
              firm,
              Region.ALL.get(random.nextInt(Region.ALL.size())),
              publish.plus(HEAD_START).plusMillis(random.nextInt(15_000)),
              publish,
              random.nextInt(10) == 0 ? 2 : 1));
    }
    people.sort(Comparator.comparing(Person::publishAt));
    return new World(firms, people);
  }
}
