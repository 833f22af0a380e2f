package dev.aftertouch.sandbox.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One HTTP request, read to its end. {@code uri} is the path with its query, still encoded. */
public record Request(String method, String uri, HttpHeaders headers, byte[] body) {
  /** The part of the uri before the question mark, still encoded. */
  public String path() {
    int question = uri.indexOf('?');
    return question < 0 ? uri : uri.substring(0, question);
  }

  public @Nullable String header(String name) {
    return headers.get(name);
  }

  public Parameters query() {
    return new Parameters(new QueryStringDecoder(uri).parameters());
  }

  public Parameters form() {
    String text = new String(body, StandardCharsets.UTF_8);
    return new Parameters(new QueryStringDecoder(text, StandardCharsets.UTF_8, false).parameters());
  }

  /** Decoded parameters; a name may come several times, then the first counts. */
  public record Parameters(Map<String, List<String>> values) {
    public @Nullable String get(String name) {
      List<String> found = values.get(name);
      return found == null || found.isEmpty() ? null : found.getFirst();
    }

    public String get(String name, String otherwise) {
      String found = get(name);
      return found == null || found.isEmpty() ? otherwise : found;
    }

    /** The number given, or {@code otherwise} where there is none or it is no number. */
    public long number(String name, long otherwise) {
      String found = get(name);
      if (found == null) {
        return otherwise;
      }
      try {
        return Long.parseLong(found.strip());
      } catch (NumberFormatException notANumber) {
        return otherwise;
      }
    }
  }
}
