package dev.aftertouch.engine.inbound;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for one of a message's addresses. Wishes for privacy (Sec-GPC, DNT) are no part of it:
 * they say nothing of who asks.
 *
 * @param link number of a tracked link; 0 for the other places
 * @param purpose value of Purpose, Sec-Purpose, X-Purpose or X-Moz; null when none was sent
 * @param at real time, as are all times here
 */
public record Click(
    Place place,
    int link,
    String method,
    @Nullable String userAgent,
    @Nullable String purpose,
    Instant at) {

  /** Which of a message's addresses. */
  public enum Place {
    LINK,
    UNSUBSCRIBE,
    FEEDBACK,
    /** A link that people do not see. */
    HONEYPOT
  }

  /** Who asked. */
  public enum Verdict {
    HUMAN,
    /** Not known yet: it is judged again when its message has been quiet for a while. */
    SUSPECT,
    BOT
  }

  /** Who asked, and what speaks against a human. */
  public record Judgement(Verdict verdict, List<String> reasons) {}

  /**
   * The message that was clicked in.
   *
   * @param handedOverAt when its hand-over to the provider began; null where that is not known
   * @param hasOtherAddresses whether a scanner would find more than one address in it
   */
  public record Message(@Nullable Instant handedOverAt, boolean hasOtherAddresses) {}

  boolean isSameAddress(Click other) {
    return place == other.place && link == other.link;
  }
}
