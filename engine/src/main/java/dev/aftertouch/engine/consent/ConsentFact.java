package dev.aftertouch.engine.consent;

import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.definition.Purpose;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a permission.
 *
 * @param at when it was said or happened, to the microsecond: finer is cut off
 * @param addressKey keyed hash of the address in lower-case hexadecimal
 * @param purpose null means all purposes
 * @param basis express or implied for a grant, else the code of the reason
 * @param source by which way it came, in a word
 * @param evidence what shows it: an event's id, who recorded it, the version of a wording
 * @param expiresAt end of a grant; null when it has none
 */
public record ConsentFact(
    Instant at,
    String addressKey,
    Channel channel,
    @Nullable Purpose purpose,
    ConsentKind kind,
    String basis,
    String source,
    Map<String, String> evidence,
    @Nullable Instant expiresAt) {
  /** How "all purposes" is written. */
  public static final String ALL = "all";

  public ConsentFact {
    at = at.truncatedTo(ChronoUnit.MICROS);
    expiresAt = expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS);
    evidence = Collections.unmodifiableMap(new TreeMap<>(evidence));
  }

  /** The purpose's code, or {@link #ALL}. */
  public String scope() {
    return scope(purpose);
  }

  /** The code of a purpose; {@link #ALL} for null. */
  public static String scope(@Nullable Purpose purpose) {
    return purpose == null ? ALL : purpose.code();
  }
}
