package dev.aftertouch.gateway.routing;

import dev.aftertouch.gateway.problems.Problem;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Turns a service that does not answer into a problem that names it. */
class ServiceFailures implements HandlerFilterFunction<ServerResponse, ServerResponse> {
  private static final Logger log = LoggerFactory.getLogger(ServiceFailures.class);
  private final String service;

  ServiceFailures(String service) {
    this.service = service;
  }

  @Override
  public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next)
      throws Exception {
    try {
      return next.handle(request);
    } catch (ResourceAccessException | IOException failure) {
      Problem problem = problemOf(failure);
      log.warn("{} for {}: {}", problem.code(), service, rootOf(failure).toString());
      return ServerResponse.status(problem.status())
          .contentType(MediaType.APPLICATION_PROBLEM_JSON)
          .body(problem.document(request.path()));
    }
  }

  private Problem problemOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BodyTooLarge tooLarge) {
        return Problem.bodyTooLarge(tooLarge.limitBytes());
      }
      if (cause instanceof HttpTimeoutException
          && !(cause instanceof HttpConnectTimeoutException)) {
        return Problem.serviceSlow(service);
      }
    }
    return Problem.serviceDown(service);
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
