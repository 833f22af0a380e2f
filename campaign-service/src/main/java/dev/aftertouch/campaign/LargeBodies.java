package dev.aftertouch.campaign;

import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads no more than 2 MiB of a request: a campaign of the most and longest steps that a kind
 * allows fits well.
 */
@Component
class LargeBodies extends OncePerRequestFilter {
  private static final int LIMIT = 2 * 1024 * 1024;

  private final JsonMapper json;

  LargeBodies(JsonMapper json) {
    this.json = json;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() <= LIMIT) {
      chain.doFilter(new Limited(request), response);
      return;
    }
    ProblemDetail problem = tooLarge();
    response.setStatus(problem.getStatus());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getOutputStream().write(json.writeValueAsBytes(problem));
  }

  private static ProblemDetail tooLarge() {
    return Problems.of(
        HttpStatus.CONTENT_TOO_LARGE,
        "too_large",
        "The body is too large",
        "Send no more than 2 MiB; shorten the longest texts.");
  }

  /** Counts what is read, for bodies whose length is not told. */
  private static final class Limited extends HttpServletRequestWrapper {
    Limited(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      ServletInputStream in = super.getInputStream();
      return new ServletInputStream() {
        private long read;

        @Override
        public int read() throws IOException {
          int next = in.read();
          count(next < 0 ? 0 : 1);
          return next;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
          int got = in.read(into, from, length);
          count(Math.max(got, 0));
          return got;
        }

        private void count(int bytes) {
          read += bytes;
          if (read > LIMIT) {
            throw new RefusedException(tooLarge());
          }
        }

        @Override
        public boolean isFinished() {
          return in.isFinished();
        }

        @Override
        public boolean isReady() {
          return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
          in.setReadListener(listener);
        }
      };
    }
  }
}
