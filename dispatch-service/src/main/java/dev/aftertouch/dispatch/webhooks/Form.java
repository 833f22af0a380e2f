package dev.aftertouch.dispatch.webhooks;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code application/x-www-form-urlencoded} text: bodies and query strings. */
record Form(Map<String, List<String>> values) {
  private static final int MOST_FIELDS = 500;

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException for a malformed escape or too many fields
   */
  static Form parse(String text) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    int fields = 0;
    for (String pair : text.split("&")) {
      if (!pair.isEmpty()) {
        if (++fields > MOST_FIELDS) {
          throw new IllegalArgumentException("Too many fields");
        }
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        values.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
      }
    }
    return new Form(values);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Nullable String text(String name) {
    List<String> found = values.get(name);
    return found == null ? null : found.getFirst();
  }

  /** The id in that field; null when there is none or it is malformed. */
  @Nullable UUID id(String name) {
    String text = text(name);
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
