package dev.aftertouch.campaign;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class CampaignService {
  /** Runs until it is stopped. */
  public static void main(String[] arguments) {
    SpringApplication.run(CampaignService.class, arguments);
  }
}
