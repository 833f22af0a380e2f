package dev.aftertouch.gateway.signin;

import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Stops the start when the password that everybody knows stands outside local use. */
@Component
class DemoPasswordGuard {
  private static final String DEMO_PASSWORD = "demo";

  DemoPasswordGuard(SignInProperties properties) {
    PasswordEncoder hashes = PasswordEncoderFactories.createDelegatingPasswordEncoder();
    if (!properties.local()
        && properties.users().stream()
            .anyMatch(user -> hashes.matches(DEMO_PASSWORD, user.passwordHash()))) {
      throw new IllegalStateException(
          "A user has the demonstration password and aftertouch.sign-in.local is not true:"
              + " remove aftertouch.sign-in.users, or set another password.");
    }
  }
}
