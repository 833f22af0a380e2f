package dev.aftertouch.sandbox.webhooks;

import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Webhook addresses, which may differ by a tag of the message: {@code http://host/w/{business}}.
 */
public final class Targets {
  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

  private Targets() {}

  /** Null where there is no template, a named tag is missing, or the result is no web address. */
  public static @Nullable URI fill(@Nullable String template, Map<String, String> tags) {
    if (template == null || template.isBlank()) {
      return null;
    }
    StringBuilder filled = new StringBuilder();
    Matcher names = NAME.matcher(template);
    while (names.find()) {
      String value = tags.get(names.group(1));
      if (value == null) {
        return null;
      }
      names.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    names.appendTail(filled);
    return web(filled.toString());
  }

  /** Null where the text is no http or https address. */
  public static @Nullable URI web(String text) {
    try {
      URI uri = URI.create(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return http && uri.getHost() != null ? uri : null;
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
