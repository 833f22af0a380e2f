package dev.aftertouch.gateway.landing;

import static org.springframework.web.servlet.function.RouterFunctions.route;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** The page at the root and its style sheet; also where sign-in ends until there is a UI. */
@Configuration
class LandingPage {
  @Bean
  RouterFunction<ServerResponse> landing() {
    return route()
        .GET(
            "/",
            request ->
                ServerResponse.ok()
                    .contentType(MediaType.TEXT_HTML)
                    .body(new ClassPathResource("pages/index.html")))
        .GET(
            "/aftertouch.css",
            request ->
                ServerResponse.ok()
                    .contentType(MediaType.valueOf("text/css"))
                    .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
                    .body(new ClassPathResource("pages/aftertouch.css")))
        .build();
  }
}
