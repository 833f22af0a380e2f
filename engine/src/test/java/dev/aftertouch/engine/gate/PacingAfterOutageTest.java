package dev.aftertouch.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.gate.Decision.Defer;
import dev.aftertouch.engine.gate.Decision.Send;
import dev.aftertouch.engine.time.AllowedTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What leaves, and when, where the dispatcher stands still now and then. */
class PacingAfterOutageTest {
  /** Eight in the morning of New York. */
  private static final Instant MORNING = Instant.parse("2026-06-01T12:00:00Z");

  private static final Duration GRACE = GatePolicy.DEFAULT_SLOT_GRACE;
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void usesASlotUntilTheEndOfItsGrace() {
    Pacing ledger = full(MORNING);
    Instant end = MORNING.plus(GRACE);

    assertThat(Gate.decide(touch(MORNING), policy(1), ledger, end)).isInstanceOf(Send.class);
    assertThat(ledger.version()).isEqualTo(1);
  }

  @Test
  void givesAnotherSlotBehindThoseThatAreTakenOnceTheGraceIsOver() {
    Pacing ledger = full(MORNING);
    Instant next = ledger.reserve(1, MORNING, instant -> instant);
    Instant late = MORNING.plus(GRACE).plusMillis(1);

    assertThat(Gate.decide(touch(MORNING), policy(1), ledger, late))
        .isEqualTo(
            new Defer(
                MORNING.plus(Duration.ofMinutes(122)),
                Reason.PACING,
                Map.of("channel", "email", "limit_per_hour", "1")));
    assertThat(next).isEqualTo(MORNING.plus(Duration.ofMinutes(61)));
  }

  @Test
  void sendsALateTouchAtOnceWhereItsMinuteIsFree() {
    assertThat(
            Gate.decide(
                touch(MORNING), policy(1), full(MORNING), MORNING.plus(Duration.ofHours(3))))
        .isInstanceOf(Send.class);
  }

  @Test
  void neverSendsMoreThanTheLimitAndTheGraceWhateverTheOutages() {
    for (int seed = 0; seed < 300; seed++) {
      Run run = new Run(seed);
      run.play();

      assertThat(run.sent).as("seed %d", seed).hasSize(run.touches.size());
      for (Sent first : run.sent) {
        for (Instant start :
            List.of(first.at(), first.at().minusSeconds(run.random.nextInt(300)))) {
          assertThat(run.sentIn(start, HOUR))
              .as("seed %d, the hour from %s", seed, start)
              .isLessThanOrEqualTo(run.limit + run.slotsIn(start.minus(GRACE), GRACE));
          assertThat(run.sentIn(start, HOUR.minus(GRACE)))
              .as("seed %d, 55 minutes from %s", seed, start)
              .isLessThanOrEqualTo(run.limit);
        }
      }
    }
  }

  @Test
  void anOutageCostsATouchOneMoreDeferralAtMost() {
    int missed = 0;
    for (int seed = 0; seed < 300; seed++) {
      Run run = new Run(seed);
      run.play();
      for (Planned touch : run.touches) {
        assertThat(touch.missedSlots)
            .as("seed %d", seed)
            .isLessThanOrEqualTo(run.outagesSince(touch.arrival));
        missed += touch.missedSlots;
      }
    }
    assertThat(missed).as("slots missed in all runs").isGreaterThan(100);
  }

  private static GatePolicy policy(int limit) {
    return new GatePolicy(
        AllowedTimes.LEGAL,
        limit,
        limit,
        GatePolicy.DEFAULT_MAXIMUM_LATENESS,
        GatePolicy.DEFAULT_MAXIMUM_SEGMENTS,
        Duration.ZERO,
        GRACE,
        GatePolicy.DEFAULT_HELD_RECHECK);
  }

  /** A ledger with one slot given, at that instant. */
  private static Pacing full(Instant at) {
    Pacing ledger = new Pacing();
    ledger.reserve(1, at, instant -> instant);
    return ledger;
  }

  private static GateFacts touch(Instant slot) {
    return new TouchFacts().due(slot).slot(slot).build();
  }

  /** A touch on its way. */
  private static final class Planned {
    final Instant arrival;
    Instant dueAt;
    @Nullable Instant slot;
    int missedSlots;

    Planned(Instant arrival) {
      this.arrival = arrival;
      this.dueAt = arrival;
    }
  }

  /** What left, and the slot that it used. */
  private record Sent(Instant at, Instant slot) {}

  private record Outage(Instant from, Instant until) {}

  /** Two days of a dispatcher that looks every few seconds, except in outages. */
  private static final class Run {
    final Random random;
    final int limit;
    final List<Planned> touches = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    private final List<Instant> slots = new ArrayList<>();
    private final List<Outage> outages = new ArrayList<>();

    Run(int seed) {
      random = new Random(seed);
      limit = 1 + random.nextInt(6);
      int bursts = 1 + random.nextInt(4);
      for (int i = 0; i < bursts; i++) {
        Instant arrival = MORNING.plusSeconds(random.nextInt(20 * 3600));
        for (int j = random.nextInt(5 * limit); j >= 0; j--) {
          touches.add(new Planned(arrival.plusSeconds(random.nextInt(600))));
        }
      }
      Instant at = MORNING;
      for (int i = 1 + random.nextInt(8); i > 0; i--) {
        at = at.plusSeconds(random.nextInt(4 * 3600));
        Instant until = at.plusSeconds(random.nextInt(random.nextBoolean() ? 900 : 5 * 3600));
        outages.add(new Outage(at, until));
        at = until;
      }
    }

    void play() {
      GatePolicy policy = policy(limit);
      Pacing ledger = new Pacing();
      List<Planned> open = new ArrayList<>(touches);
      Instant now = MORNING;
      while (!open.isEmpty()) {
        now = nextLook(open, now.plusSeconds(5 + random.nextInt(85)));
        ledger = PacingCodec.decode(PacingCodec.encode(ledger, now));
        open.sort(Comparator.comparing(touch -> touch.dueAt));
        for (Planned touch : List.copyOf(open)) {
          if (!touch.dueAt.isAfter(now) && decide(touch, policy, ledger, now)) {
            open.remove(touch);
          }
        }
      }
    }

    /** Nothing happens before the first is due, nor in an outage. */
    private Instant nextLook(List<Planned> open, Instant wanted) {
      Instant due = open.stream().map(touch -> touch.dueAt).min(Instant::compareTo).orElseThrow();
      Instant at = due.isAfter(wanted) ? due.plusSeconds(random.nextInt(60)) : wanted;
      for (Outage outage : outages) {
        if (!at.isBefore(outage.from()) && at.isBefore(outage.until())) {
          at = outage.until();
        }
      }
      return at;
    }

    private boolean decide(Planned touch, GatePolicy policy, Pacing ledger, Instant now) {
      TouchFacts facts = new TouchFacts().due(touch.dueAt);
      Instant before = touch.slot;
      if (before != null) {
        facts.slot(before);
      }
      Decision decision = Gate.decide(facts.build(), policy, ledger, now);
      return switch (decision) {
        case Send send -> {
          Instant used = policy.uses(before, now) && before != null ? before : now;
          if (!used.equals(before)) {
            slots.add(used);
          }
          sent.add(new Sent(now, used));
          yield true;
        }
        case Defer defer -> {
          if (before != null && defer.reason() == Reason.PACING) {
            touch.missedSlots++;
          }
          touch.dueAt = defer.until();
          touch.slot = defer.until();
          slots.add(defer.until());
          yield false;
        }
        case Decision.Skip skip -> throw new AssertionError("skipped: " + skip);
      };
    }

    long sentIn(Instant from, Duration length) {
      return sent.stream().map(Sent::at).filter(at -> within(at, from, length)).count();
    }

    long slotsIn(Instant from, Duration length) {
      return slots.stream().filter(at -> within(at, from, length)).count();
    }

    int outagesSince(Instant arrival) {
      return (int) outages.stream().filter(outage -> outage.until().isAfter(arrival)).count();
    }

    private static boolean within(Instant at, Instant from, Duration length) {
      return !at.isBefore(from) && at.isBefore(from.plus(length));
    }
  }
}
