package dev.aftertouch.sandbox.smtp;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header block of a message, unfolded, without decoding: what is needed on the way in.
 *
 * @param byName names in lower case; of repeated ones the first
 */
record Headers(Map<String, String> byName) {
  private static final String TAG = "x-tag-";
  private static final String OUR_TAG = "x-aftertouch-";
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  static Headers of(byte[] message) {
    Map<String, String> byName = new LinkedHashMap<>();
    String name = "";
    int start = 0;
    while (start < message.length) {
      int end = start;
      while (end < message.length && message[end] != '\n') {
        end++;
      }
      int length = end > start && message[end - 1] == '\r' ? end - start - 1 : end - start;
      if (length == 0) {
        break;
      }
      String line = new String(message, start, length, StandardCharsets.UTF_8);
      int colon = line.indexOf(':');
      if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
        String continued = " " + line.strip();
        byName.computeIfPresent(name, (same, value) -> value + continued);
      } else if (colon > 0) {
        name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        byName.putIfAbsent(name, line.substring(colon + 1).strip());
      }
      start = end + 1;
    }
    return new Headers(byName);
  }

  @Nullable String get(String name) {
    return byName.get(name);
  }

  String get(String name, String otherwise) {
    return byName.getOrDefault(name, otherwise);
  }

  /**
   * The sender's tags: {@code X-Tag-Touch-Id} and {@code X-Aftertouch-Touch-Id} are {@code
   * touch_id}; a Message-ID whose left part is a UUID is {@code attempt_id}.
   */
  Map<String, String> tags() {
    Map<String, String> tags = new LinkedHashMap<>();
    byName.forEach(
        (name, value) -> {
          if (name.startsWith(TAG)) {
            tags.put(name.substring(TAG.length()).replace('-', '_'), value);
          } else if (name.startsWith(OUR_TAG)) {
            tags.put(name.substring(OUR_TAG.length()).replace('-', '_'), value);
          }
        });
    String messageId = get("message-id", "");
    int at = messageId.indexOf('@');
    if (at > 1 && UUID.matcher(messageId.substring(1, at)).matches()) {
      tags.putIfAbsent("attempt_id", messageId.substring(1, at));
    }
    return tags;
  }
}
