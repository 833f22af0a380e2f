package dev.aftertouch.engine.content;

import org.jspecify.annotations.Nullable;

/**
 * Typographic characters that move a whole text message to UCS-2, and what says the same in GSM-7.
 */
final class PlainCharacters {
  private PlainCharacters() {}

  /**
   * The text with quotes, dashes, spaces and bullets made plain; without NUL, CR and invisible
   * characters.
   */
  static String of(String text) {
    StringBuilder plain = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      String replacement =
          c < 0x80 && c != '\r' && c != 0 && c != '`' && c != '\t' ? null : replacement(c);
      if (replacement != null && plain == null) {
        plain = new StringBuilder(text.length() + 8).append(text, 0, i);
      }
      if (plain != null) {
        if (replacement == null) {
          plain.append(c);
        } else {
          plain.append(replacement);
        }
      }
    }
    return plain == null ? text : plain.toString();
  }

  private static @Nullable String replacement(char c) {
    return switch (c) {
      case '\u2018', '\u2019', '\u201A', '\u201B', '\u2032', '\u2035', '\u00B4', '\u02BC', '`' ->
          "'";
      case '\u201C', '\u201D', '\u201E', '\u201F', '\u2033', '\u2036', '\u00AB', '\u00BB' -> "\"";
      case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212' -> "-";
      case '\u2026' -> "...";
      case '\u2022', '\u00B7', '\u25CF' -> "*";
      case '\t', '\u00A0', '\u2002', '\u2003', '\u2007', '\u2008', '\u2009', '\u200A', '\u202F' ->
          " ";
      case '\u2028', '\u2029' -> "\n";
      case '\r', '\0', '\u00AD', '\u200B', '\u2060', '\uFEFF' -> "";
      default -> null;
    };
  }
}
