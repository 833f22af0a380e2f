package dev.aftertouch.engine.content;

import org.jspecify.annotations.Nullable;

/**
 * Makes a value safe as text and inside a quoted attribute, the only two places in which a variable
 * can stand.
 */
final class HtmlEscaper {
  private HtmlEscaper() {}

  static String escape(String value) {
    StringBuilder escaped = null;
    for (int i = 0; i < value.length(); i++) {
      String replacement = replacement(value.charAt(i));
      if (replacement != null && escaped == null) {
        escaped = new StringBuilder(value.length() + 16).append(value, 0, i);
      }
      if (escaped != null) {
        if (replacement == null) {
          escaped.append(value.charAt(i));
        } else {
          escaped.append(replacement);
        }
      }
    }
    return escaped == null ? value : escaped.toString();
  }

  private static @Nullable String replacement(char c) {
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      case '\'' -> "&#39;";
      default -> null;
    };
  }
}
