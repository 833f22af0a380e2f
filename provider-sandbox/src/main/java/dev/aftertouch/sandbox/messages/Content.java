package dev.aftertouch.sandbox.messages;

import dev.aftertouch.sandbox.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What a message says, read from its raw payload only when somebody looks. */
public record Content(
    String subject, @Nullable String html, @Nullable String text, Map<String, String> headers) {
  private static final Pattern HREF =
      Pattern.compile("href\\s*=\\s*[\"']([^\"']+)[\"']", Pattern.CASE_INSENSITIVE);
  private static final Pattern URL = Pattern.compile("https?://[^\\s<>\"')\\]]+");

  public static Content of(Message message) {
    return switch (message.provider()) {
      case RESEND -> ofJson(message.raw());
      case TWILIO ->
          new Content("", null, new String(message.raw(), StandardCharsets.UTF_8), Map.of());
      case SMTP -> MimeContent.read(message.raw());
    };
  }

  private static Content ofJson(byte[] raw) {
    String subject = "";
    String html = null;
    String text = null;
    Map<String, String> headers = new LinkedHashMap<>();
    try (JsonParser json = Json.parser(raw)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "subject" -> subject = json.getString();
          case "html" -> html = stringOrNull(json);
          case "text" -> text = stringOrNull(json);
          case "headers" -> headers.putAll(Json.readMap(json));
          case "reply_to" -> headers.put("Reply-To", String.join(", ", Json.readStrings(json)));
          default -> json.skipChildren();
        }
      }
    }
    return new Content(subject, html, text, headers);
  }

  private static @Nullable String stringOrNull(JsonParser json) {
    return json.currentToken() == JsonToken.VALUE_STRING ? json.getString() : null;
  }

  /** The web addresses in it, each once, in the order of reading. */
  public List<String> links() {
    Set<String> links = new LinkedHashSet<>();
    if (html != null) {
      for (Matcher found = HREF.matcher(html); found.find(); ) {
        String target = unescaped(found.group(1));
        if (target.startsWith("http://") || target.startsWith("https://")) {
          links.add(target);
        }
      }
    }
    if (text != null) {
      for (Matcher found = URL.matcher(text); found.find(); ) {
        links.add(withoutEndOfSentence(found.group()));
      }
    }
    return new ArrayList<>(links);
  }

  private static String withoutEndOfSentence(String url) {
    int end = url.length();
    while (end > 0 && ".,;:!?".indexOf(url.charAt(end - 1)) >= 0) {
      end--;
    }
    return url.substring(0, end);
  }

  private static String unescaped(String attribute) {
    return attribute
        .strip()
        .replace("&amp;", "&")
        .replace("&#x3D;", "=")
        .replace("&#61;", "=")
        .replace("&#x2F;", "/");
  }
}
