package dev.aftertouch.engine.inbound;

import java.util.List;
import java.util.Set;

/** Slips of the thumb in a keyword that is the whole message. */
final class Typos {
  /** Long enough that one slip leaves them recognisable. */
  private static final List<String> KEYWORDS =
      List.of(
          "stop", "stopall", "unsubscribe", "cancel", "revoke", "optout", "cancelar", "arreter");

  private static final int TWO_SLIPS_FROM = 8;

  /** Words of their own that are one slip away from a keyword. */
  private static final Set<String> WORDS =
      Set.of(
          "step",
          "shop",
          "top",
          "stoop",
          "slop",
          "atop",
          "stow",
          "stomp",
          "strop",
          "stops",
          "soap",
          "swop",
          "sop",
          "cancels",
          "evoke",
          "revoked",
          "cancer",
          "canceled",
          "cancelled",
          "stopped",
          "photo",
          "stock",
          "sto",
          "cable",
          "candle",
          "camel",
          "carrel",
          "arrester",
          "cancelan",
          "cancela",
          "provoke",
          "invoke",
          "unsubscribes");

  private Typos() {}

  /** Whether the word is a keyword but for a slip: one letter more, less, other or swapped. */
  static boolean ofAKeyword(String word) {
    return KEYWORDS.stream().anyMatch(keyword -> isSlipOf(keyword, word));
  }

  /** Whether the word is "stop" but for a slip. */
  static boolean ofStop(String word) {
    return isSlipOf("stop", word);
  }

  private static boolean isSlipOf(String keyword, String word) {
    int slips = keyword.length() < TWO_SLIPS_FROM ? 1 : 2;
    return !WORDS.contains(word)
        && Math.abs(keyword.length() - word.length()) <= slips
        && distance(keyword, word) <= slips;
  }

  /** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
        } else {
          int other = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
          d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + other);
          boolean swapped =
              i > 1
                  && j > 1
                  && a.charAt(i - 1) == b.charAt(j - 2)
                  && a.charAt(i - 2) == b.charAt(j - 1);
          if (swapped) {
            d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
          }
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
