package dev.aftertouch.sandbox.twilio;

import dev.aftertouch.sandbox.webhooks.Targets;
import dev.aftertouch.sandbox.webhooks.Webhook;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A callback URL with Twilio's connection overrides in its fragment: {@code #rc=2&rp=all}. Without
 * them there is one retry, and only where no connection came about.
 *
 * @param url without the fragment: this is what is called and signed
 * @see <a href="https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides">Twilio:
 *     connection overrides</a>
 */
record CallbackAddress(URI url, Webhook.Retries retries) {
  private static final int MAX_RETRIES = 5;
  private static final Duration BETWEEN = Duration.ofMillis(500);
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** Whether it can be called; as {@link #parse}, without reading the overrides. */
  static boolean isWeb(String written) {
    return url(written) != null;
  }

  private static @Nullable URI url(String written) {
    int hash = written.indexOf('#');
    return Targets.web(hash < 0 ? written : written.substring(0, hash));
  }

  /** Null where it is no web address. */
  static @Nullable CallbackAddress parse(String written) {
    int hash = written.indexOf('#');
    URI url = url(written);
    return url == null
        ? null
        : new CallbackAddress(url, overrides(hash < 0 ? "" : written.substring(hash + 1)));
  }

  private static Webhook.Retries overrides(String fragment) {
    int count = 1;
    Webhook.On on = Webhook.On.NO_CONNECTION;
    for (String override : fragment.split("&", -1)) {
      if (override.matches("rc=[0-9]")) {
        count = Math.min(MAX_RETRIES, override.charAt(3) - '0');
      } else if (override.startsWith("rp=") && !override.equals("rp=ct")) {
        on = Webhook.On.ANY_FAILURE;
      }
    }
    return new Webhook.Retries(Collections.nCopies(count, BETWEEN), on);
  }

  /**
   * What the caller correlates by: the URL's query, and where its path ends in a UUID, that one as
   * {@code attempt_id}.
   */
  static Map<String, String> tags(@Nullable String written) {
    if (written == null) {
      return Map.of();
    }
    int hash = written.indexOf('#');
    String url = hash < 0 ? written : written.substring(0, hash);
    Map<String, String> tags = new LinkedHashMap<>();
    if (url.indexOf('?') >= 0) {
      for (Map.Entry<String, List<String>> each :
          new QueryStringDecoder(url).parameters().entrySet()) {
        tags.put(each.getKey(), each.getValue().getFirst());
      }
    }
    String path = url.indexOf('?') < 0 ? url : url.substring(0, url.indexOf('?'));
    String last = path.substring(path.lastIndexOf('/') + 1);
    if (UUID.matcher(last).matches()) {
      tags.putIfAbsent("attempt_id", last);
    }
    return tags;
  }
}
