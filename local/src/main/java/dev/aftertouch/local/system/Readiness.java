package dev.aftertouch.local.system;

import dev.aftertouch.local.infrastructure.StartFailure;
import dev.aftertouch.local.process.ChildProcess;
import dev.aftertouch.local.process.Pause;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Whether a service says that it can do its work. */
public final class Readiness {
  private static final Duration START_WITHIN = Duration.ofMinutes(10);

  private Readiness() {}

  /** Waits for a service that has just been started. */
  static void await(Service service, String baseUrl, ChildProcess process) {
    boolean decided =
        Pause.until(START_WITHIN, () -> !process.isAlive() || isReady(service, baseUrl));
    if (!process.isAlive()) {
      throw StartFailure.of(service.module(), process.log());
    }
    if (!decided) {
      throw StartFailure.late(service.module(), START_WITHIN, process.log());
    }
  }

  /** Asks once, waiting two seconds at most. */
  public static boolean isReady(Service service, String baseUrl) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(baseUrl + path(service)).toURL().openConnection();
      connection.setConnectTimeout(500);
      connection.setReadTimeout(2_000);
      try {
        return connection.getResponseCode() == 200;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }

  private static String path(Service service) {
    return switch (service) {
      case PROVIDER_SANDBOX -> "/health";
      case GATEWAY, CAMPAIGN, ENROLLMENT, DISPATCH, ANALYTICS -> "/actuator/health/readiness";
    };
  }
}
