package dev.aftertouch.gateway.signin;

import dev.aftertouch.gateway.problems.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Passwords can not be guessed at speed: form and command line share one limit per address. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class AttemptLimit extends OncePerRequestFilter {
  private static final Set<String> GUARDED = Set.of("/login", "/local/token");
  private final Attempts attempts;
  private final InstantSource clock;

  AttemptLimit(SignInProperties properties, InstantSource clock) {
    this.attempts = new Attempts(properties.attemptsPerMinute());
    this.clock = clock;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals("POST") || !GUARDED.contains(request.getRequestURI());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (attempts.allow(request.getRemoteAddr(), clock.instant())) {
      chain.doFilter(request, response);
    } else {
      response.setHeader("Retry-After", "60");
      Problem.tooManyAttempts().write(request, response);
    }
  }
}
