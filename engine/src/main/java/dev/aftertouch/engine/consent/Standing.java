package dev.aftertouch.engine.consent;

import dev.aftertouch.engine.definition.Purpose;
import dev.aftertouch.engine.gate.GateFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands against sending to an address. */
public record Standing(List<Bar> bars) {
  /**
   * One reason.
   *
   * @param purpose null means all purposes
   * @param reason its code
   */
  public record Bar(@Nullable Purpose purpose, String reason) {
    /** A purpose that is not known is barred by everything. */
    private boolean isAgainst(@Nullable Purpose asked) {
      return purpose == null || asked == null || purpose == asked;
    }

    private boolean onlyHolds() {
      return reason.equals(GateFacts.IN_REVIEW);
    }

    private String code() {
      return purpose == null ? reason : reason + "_for_" + purpose.code();
    }
  }

  /** Nothing stands against it. */
  public static final Standing CLEAR = new Standing(List.of());

  public Standing {
    bars = List.copyOf(bars);
  }

  /**
   * Code of what stands against a message of that purpose: the reason, with the purpose where it is
   * of that only. One for all purposes is told before one for a single purpose, and one that ends a
   * touch before one that makes it wait.
   *
   * @param purpose null when it is not known: then everything stands against it
   * @return null when nothing does
   */
  public @Nullable String against(@Nullable Purpose purpose) {
    Bar worst = null;
    for (Bar bar : bars) {
      if (bar.isAgainst(purpose) && (worst == null || rank(bar) > rank(worst))) {
        worst = bar;
      }
    }
    return worst == null ? null : worst.code();
  }

  /** Whether that very scope is barred; null asks for all purposes. */
  public boolean holds(@Nullable Purpose scope) {
    return bars.stream().anyMatch(bar -> bar.purpose() == scope);
  }

  private static int rank(Bar bar) {
    if (bar.onlyHolds()) {
      return 0;
    }
    return bar.purpose() == null ? 2 : 1;
  }
}
