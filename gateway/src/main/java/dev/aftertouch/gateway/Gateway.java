package dev.aftertouch.gateway;

import java.time.InstantSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerJwtAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Starts the gateway. What Boot would set up for sign-in by itself is left out: a key or a user
 * that nobody configured must not exist.
 */
@SpringBootApplication(
    exclude = {
      OAuth2AuthorizationServerAutoConfiguration.class,
      OAuth2AuthorizationServerJwtAutoConfiguration.class,
      UserDetailsServiceAutoConfiguration.class
    })
@ConfigurationPropertiesScan
public class Gateway {
  public static void main(String[] arguments) {
    SpringApplication.run(Gateway.class, arguments);
  }

  /**
   * Real time, also while the other services run on a faster clock: tokens and attempt limits are
   * about the person at the keyboard.
   */
  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }
}
