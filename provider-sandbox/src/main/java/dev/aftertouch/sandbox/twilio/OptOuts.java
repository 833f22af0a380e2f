package dev.aftertouch.sandbox.twilio;

import dev.aftertouch.sandbox.ledger.LedgerEntry;
import dev.aftertouch.sandbox.ledger.Outcome;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who has said STOP to which sender. The ledger's texts bring it back after a restart.
 *
 * @see <a href="https://help.twilio.com/articles/223134027">Twilio: STOP, START and HELP</a>
 */
public final class OptOuts {
  /** The name of the sender among the tags of a received text in the ledger. */
  static final String SENDER = "sender";

  private static final Map<String, Keyword> KEYWORDS =
      Map.ofEntries(
          Map.entry("STOP", Keyword.STOP),
          Map.entry("STOPALL", Keyword.STOP),
          Map.entry("UNSUBSCRIBE", Keyword.STOP),
          Map.entry("CANCEL", Keyword.STOP),
          Map.entry("END", Keyword.STOP),
          Map.entry("QUIT", Keyword.STOP),
          Map.entry("REVOKE", Keyword.STOP),
          Map.entry("OPTOUT", Keyword.STOP),
          Map.entry("START", Keyword.START),
          Map.entry("YES", Keyword.START),
          Map.entry("UNSTOP", Keyword.START),
          Map.entry("HELP", Keyword.HELP),
          Map.entry("INFO", Keyword.HELP));

  private final Set<Pair> out = ConcurrentHashMap.newKeySet();

  enum Keyword {
    STOP,
    START,
    HELP
  }

  private record Pair(String sender, String customer) {}

  /** Only a text that is nothing but the keyword counts. */
  static @Nullable Keyword keyword(String body) {
    return KEYWORDS.get(body.strip().toUpperCase(Locale.ROOT));
  }

  void heard(@Nullable Keyword keyword, String sender, String customer) {
    if (keyword == Keyword.STOP) {
      out.add(new Pair(sender, customer));
    } else if (keyword == Keyword.START) {
      out.remove(new Pair(sender, customer));
    }
  }

  boolean contains(String sender, String customer) {
    return !out.isEmpty() && out.contains(new Pair(sender, customer));
  }

  /** Takes up what the ledger of an earlier run remembers. */
  public void replay(LedgerEntry.Kept kept) {
    LedgerEntry entry = kept.entry();
    String reason = entry.reason();
    String customer = entry.from();
    String sender = entry.correlation().get(SENDER);
    if (entry.outcome() == Outcome.RECEIVED
        && reason != null
        && customer != null
        && sender != null) {
      heard(KEYWORDS.get(reason), sender, customer);
    }
  }

  public void clear() {
    out.clear();
  }
}
