package dev.aftertouch.benchmarks.gate;

import dev.aftertouch.engine.gate.Pacing;
import dev.aftertouch.engine.gate.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A burst of {@value #BURST} touches of {@value #BUSINESSES} businesses. Each business has room for
 * its {@value Touches#LIMIT} touches unless the case says that its hour is full.
 */
public enum GateCase {
  /** Every rule is asked, and each touch takes a pacing slot. */
  ALLOWED_TEXT(Map.of(Reason.ALLOWED, GateCase.BURST)),
  /** In the evening; each touch takes a slot of the morning. */
  QUIET_HOURS(Map.of(Reason.QUIET_HOURS, GateCase.BURST)),
  /** The first rule ends it. */
  STOPPED(Map.of(Reason.ENROLLMENT_STOPPED, GateCase.BURST)),
  /** The hour is full: each touch takes the first free slot after it. */
  FULL_LIMIT(Map.of(Reason.PACING, GateCase.BURST)),
  /** A text under the law of two states. */
  TEXT_TO_FLORIDA(Map.of(Reason.ALLOWED, GateCase.BURST)),
  /** All of these in random order, so that no branch can be foretold. */
  MIXED(Map.of());

  static final int BURST = 500;
  static final int BUSINESSES = 5;
  private static final long SEED = 20_260_310;

  private final Map<Reason, Integer> answers;

  GateCase(Map<Reason, Integer> answers) {
    this.answers = answers;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How often each reason must be the answer; empty where the order decides. */
  Map<Reason, Integer> answers() {
    return answers;
  }

  Asked[] burst() {
    SplittableRandom random = new SplittableRandom(SEED);
    return IntStream.range(0, BURST)
        .mapToObj(i -> asked(i % BUSINESSES, random))
        .toArray(Asked[]::new);
  }

  private Asked asked(int business, SplittableRandom random) {
    return switch (this) {
      case ALLOWED_TEXT, FULL_LIMIT -> Touches.text(business, Touches.NOON);
      case QUIET_HOURS -> Touches.text(business, Touches.EVENING);
      case STOPPED -> Touches.stopped(business);
      case TEXT_TO_FLORIDA -> Touches.toFlorida(business);
      case MIXED -> {
        // The last business has a full hour, so that its touches are the ones that wait for pacing.
        List<GateCase> single = List.of(ALLOWED_TEXT, QUIET_HOURS, STOPPED, TEXT_TO_FLORIDA);
        yield single.get(random.nextInt(single.size())).asked(business, random);
      }
    };
  }

  /** What the businesses had given away before; a burst uses it up. */
  Pacing[] ledgers() {
    List<Pacing> ledgers = new ArrayList<>();
    for (int business = 0; business < BUSINESSES; business++) {
      Pacing ledger = new Pacing();
      if (this == FULL_LIMIT || this == MIXED && business == BUSINESSES - 1) {
        for (int slot = 0; slot < Touches.LIMIT; slot++) {
          ledger.reserve(Touches.LIMIT, Touches.NOON, instant -> instant);
        }
      }
      ledgers.add(ledger);
    }
    return ledgers.toArray(Pacing[]::new);
  }
}
