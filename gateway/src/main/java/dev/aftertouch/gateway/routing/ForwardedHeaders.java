package dev.aftertouch.gateway.routing;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * What a service gets to see of the request's headers. Whatever claims an identity or a route is
 * dropped, whoever sent it: who is calling stands in the token alone. The address of the caller is
 * the one that we saw. Public paths carry no token at all.
 */
@Component
class ForwardedHeaders implements RequestHttpHeadersFilter, Ordered {
  private static final Set<String> NEVER =
      Set.of(
          "cookie",
          "forwarded",
          "x-real-ip",
          "x-rewrite-url",
          "x-http-method-override",
          "remote-user",
          "proxy",
          "true-client-ip",
          "client-ip");
  private static final List<String> NEVER_BEGINNING =
      List.of(
          "x-forwarded-",
          "x-original-",
          "x-auth",
          "x-business",
          "x-tenant",
          "x-user",
          "x-role",
          "x-remote-");

  @Override
  public HttpHeaders apply(HttpHeaders headers, ServerRequest request) {
    HttpHeaders kept = new HttpHeaders();
    headers.forEach(
        (name, values) -> {
          if (isKept(name.toLowerCase(Locale.ROOT), request.path())) {
            kept.addAll(name, values);
          }
        });
    kept.set("X-Forwarded-For", request.servletRequest().getRemoteAddr());
    kept.set("X-Forwarded-Proto", request.servletRequest().getScheme());
    return kept;
  }

  private static boolean isKept(String name, String path) {
    return !NEVER.contains(name)
        && NEVER_BEGINNING.stream().noneMatch(name::startsWith)
        && (!name.equals("authorization") || path.startsWith("/api/"));
  }

  /** After the filters that come with the gateway. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }
}
