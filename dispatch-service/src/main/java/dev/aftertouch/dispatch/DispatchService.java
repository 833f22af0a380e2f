package dev.aftertouch.dispatch;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Decides what may leave now, hands it to a provider and listens to what comes back. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DispatchService {
  /** Starts the service. */
  public static void main(String[] arguments) {
    SpringApplication.run(DispatchService.class, arguments);
  }
}
