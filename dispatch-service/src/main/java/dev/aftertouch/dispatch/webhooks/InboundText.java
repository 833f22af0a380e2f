package dev.aftertouch.dispatch.webhooks;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * What a customer's text means. Keywords count as the whole message only, so that "don't stop by
 * Friday" stops nothing and "when can you start?" reopens nothing.
 */
enum InboundText {
  STOP,
  START,
  HELP,
  REPLY;

  /** Twilio's, AWS's and Telnyx's lists together (reference: compliance), French and Spanish. */
  private static final Set<String> STOP_WORDS =
      Set.of(
          "STOP",
          "STOPALL",
          "STOP ALL",
          "UNSUBSCRIBE",
          "END",
          "QUIT",
          "REVOKE",
          "OPTOUT",
          "OPT OUT",
          "CANCEL",
          "REMOVE",
          "TD",
          "ARRET",
          "ARRETER",
          "PARAR",
          "ALTO",
          "NO MAS",
          "CANCELAR",
          "BAJA");

  private static final Set<String> START_WORDS = Set.of("START", "UNSTOP", "YES");

  private static final Set<String> HELP_WORDS = Set.of("HELP", "INFO", "AIDE", "AYUDA");

  /** Reads a text whatever its case, accents, punctuation, emoji and surrounding space. */
  static InboundText read(String body) {
    String words =
        Normalizer.normalize(body, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .replaceAll("[^\\p{L}\\p{N}]+", " ")
            .strip()
            .toUpperCase(Locale.ROOT);
    if (STOP_WORDS.contains(words)) {
      return STOP;
    }
    if (START_WORDS.contains(words)) {
      return START;
    }
    return HELP_WORDS.contains(words) ? HELP : REPLY;
  }
}
