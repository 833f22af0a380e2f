package dev.aftertouch.gateway.routing;

import java.net.URI;
import java.util.Arrays;
import java.util.List;

/**
 * A service behind the gateway and the paths that it serves. Where two match, the first here has
 * the request.
 */
enum Destination {
  ANALYTICS("analytics-service", "/api/analytics", "/api/enrollments/*/timeline"),
  CAMPAIGN("campaign-service", "/api/campaigns", "/api/templates", "/api/presets", "/api/business"),
  ENROLLMENT(
      "enrollment-service",
      "/api/jobs",
      "/api/customers",
      "/api/erasures",
      "/api/enrollments",
      "/api/refusals"),
  DISPATCH(
      "dispatch-service",
      "/api/messages",
      "/api/suppressions",
      "/api/consent",
      "/api/reviews",
      "/api/law",
      "/api/breakers",
      "/w/",
      "/l/",
      "/u/",
      "/f/");

  private final String service;
  private final List<String> paths;

  Destination(String service, String... paths) {
    this.service = service;
    this.paths = List.of(paths);
  }

  /** The name that a problem tells. */
  String service() {
    return service;
  }

  /** Each path stands for itself and everything below it. */
  List<String> patterns() {
    return paths.stream().map(path -> path.endsWith("/") ? path + "**" : path + "/**").toList();
  }

  /** Whether any service serves the path. */
  static boolean serves(String path) {
    return Arrays.stream(values())
        .flatMap(destination -> destination.paths.stream())
        .anyMatch(path::startsWith);
  }

  URI base(RouteProperties routes) {
    return switch (this) {
      case CAMPAIGN -> routes.campaign();
      case ENROLLMENT -> routes.enrollment();
      case DISPATCH -> routes.dispatch();
      case ANALYTICS -> routes.analytics();
    };
  }
}
