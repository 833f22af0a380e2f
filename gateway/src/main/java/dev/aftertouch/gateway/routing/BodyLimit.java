package dev.aftertouch.gateway.routing;

import dev.aftertouch.gateway.problems.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * How much a request may carry: 10 MB for an import, 256 KB for a webhook, 1 MB elsewhere. A
 * declared length is refused before a byte is read; a chunked body is cut off at the limit.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class BodyLimit extends OncePerRequestFilter {
  private static final long KB = 1024;
  private static final long IMPORT = 10 * KB * KB;
  private static final long WEBHOOK = 256 * KB;
  private static final long OTHER = KB * KB;

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long limit = limitOf(request.getRequestURI());
    if (request.getContentLengthLong() > limit) {
      Problem.bodyTooLarge(limit).write(request, response);
      return;
    }
    chain.doFilter(
        Destination.serves(request.getRequestURI())
            ? new RoutedRequest(request, limit)
            : new LimitedRequest(request, limit),
        response);
  }

  static long limitOf(String path) {
    if (path.startsWith("/api/jobs/import")) {
      return IMPORT;
    }
    return path.startsWith("/w/") ? WEBHOOK : OTHER;
  }
}
