package dev.aftertouch.engine.time;

import dev.aftertouch.engine.law.LawRow;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** When a message may leave next. */
public sealed interface NextAllowed {
  /**
   * From that instant on, every candidate zone allows it.
   *
   * @param blockedBy the rule that moved it last; null when the instant asked for was itself
   *     allowed
   * @param zone the zone in which that rule held
   * @param law where the law held it, the rule that did: one that closed a whole day, if there was
   *     one, else the first that was in the way; null where it is not a rule of the data
   */
  record At(Instant instant, @Nullable Limit blockedBy, @Nullable ZoneId zone, @Nullable LawRow law)
      implements NextAllowed {}

  /** Not within the bounded search: the candidate zones have no common hours under these rules. */
  record Never(Limit blockedBy, ZoneId zone, @Nullable LawRow law) implements NextAllowed {}
}
