package dev.aftertouch.engine.content;

/**
 * What a text message takes (3GPP TS 23.038 and 23.040).
 *
 * @param units septets in GSM-7, UTF-16 code units in UCS-2
 * @param count messages that are paid for
 */
public record SmsSegments(Encoding encoding, int units, int count) {
  /** How the characters travel; one character outside GSM-7 moves the whole message to UCS-2. */
  public enum Encoding {
    GSM_7(160, 153),
    UCS_2(70, 67);

    private final int single;
    private final int part;

    Encoding(int single, int part) {
      this.single = single;
      this.part = part;
    }
  }

  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

  private static final String EXTENSION = "\f^{}\\[~]|€";

  /** Septets by character below this; everything else is looked up in the strings. */
  private static final byte[] SEPTETS = septets();

  /** Counts the segments of a text, as it is. */
  public static SmsSegments of(String text) {
    int septets = 0;
    for (int i = 0; i < text.length(); i++) {
      int cost = septets(text.charAt(i));
      if (cost == 0) {
        return counted(Encoding.UCS_2, text, text.length());
      }
      septets += cost;
    }
    return counted(Encoding.GSM_7, text, septets);
  }

  private static SmsSegments counted(Encoding encoding, String text, int units) {
    if (units <= encoding.single) {
      return new SmsSegments(encoding, units, 1);
    }
    int count = 1;
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      // Neither an escaped character nor a surrogate pair is divided between two parts.
      int length = Character.charCount(text.codePointAt(i));
      int cost = encoding == Encoding.GSM_7 ? septets(text.charAt(i)) : length;
      if (used + cost > encoding.part) {
        count++;
        used = 0;
      }
      used += cost;
      i += length;
    }
    return new SmsSegments(encoding, units, count);
  }

  private static int septets(char c) {
    if (c < SEPTETS.length) {
      return SEPTETS[c];
    }
    return c == '€' ? 2 : BASIC.indexOf(c) >= 0 ? 1 : 0;
  }

  private static byte[] septets() {
    byte[] costs = new byte[256];
    for (char c = 0; c < costs.length; c++) {
      costs[c] = (byte) (BASIC.indexOf(c) >= 0 ? 1 : EXTENSION.indexOf(c) >= 0 ? 2 : 0);
    }
    return costs;
  }
}
