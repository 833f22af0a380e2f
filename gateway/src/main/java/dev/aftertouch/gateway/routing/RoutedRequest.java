package dev.aftertouch.gateway.routing;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A request on its way to a service: its parameters are those of the query alone. Asking the
 * container would read a form's body, which has to reach the service as it was sent and signed.
 */
final class RoutedRequest extends LimitedRequest {
  private final Map<String, String[]> query;

  RoutedRequest(HttpServletRequest request, long limitBytes) {
    super(request, limitBytes);
    this.query = parse(request.getQueryString());
  }

  private static Map<String, String[]> parse(@Nullable String query) {
    if (query == null) {
      return Map.of();
    }
    Map<String, String[]> parameters = new LinkedHashMap<>();
    UriComponentsBuilder.newInstance()
        .query(query)
        .build()
        .getQueryParams()
        .forEach(
            (name, values) ->
                parameters.put(
                    decoded(name),
                    values.stream().map(RoutedRequest::decoded).toArray(String[]::new)));
    return Collections.unmodifiableMap(parameters);
  }

  private static String decoded(@Nullable String text) {
    return text == null ? "" : URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return query;
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = query.get(name);
    return values == null || values.length == 0 ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return query.get(name);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(query.keySet());
  }
}
