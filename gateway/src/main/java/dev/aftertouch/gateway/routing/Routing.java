package dev.aftertouch.gateway.routing;

import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.uri;
import static org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions.route;
import static org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions.http;

import java.net.http.HttpClient;
import java.util.Arrays;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** One route per service; a path that no route names is not found. */
@Configuration
class Routing {
  @Bean
  RouterFunction<ServerResponse> routes(RouteProperties properties) {
    return Arrays.stream(Destination.values())
        .map(destination -> routeTo(destination, properties))
        .reduce(RouterFunction::and)
        .orElseThrow();
  }

  private static RouterFunction<ServerResponse> routeTo(
      Destination destination, RouteProperties properties) {
    RequestPredicate paths =
        destination.patterns().stream()
            .map(RequestPredicates::path)
            .reduce(RequestPredicate::or)
            .orElseThrow();
    return route(destination.service())
        .route(paths, http())
        .before(uri(destination.base(properties)))
        .filter(new ServiceFailures(destination.service()))
        .build();
  }

  /** HTTP/1.1 without the attempt to upgrade, redirects handed through, and both time-outs. */
  @Bean
  ClientHttpRequestFactory serviceClient(RouteProperties properties) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(properties.connectTimeout())
            .build();
    JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(client);
    factory.setReadTimeout(properties.readTimeout());
    return factory;
  }
}
