package dev.aftertouch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class StartTest {
  private static final String DEMO_HASH =
      "{bcrypt}$2a$10$bC5VQg6pT468XjdmLTQibOL33Dl/KpnDuyHCnetI2u0SaaJ80NL0u";

  @Test
  void refusesToStartWithTheDemoPasswordOutsideLocalUse() {
    assertThatThrownBy(
            () ->
                start(
                    "--aftertouch.security.jwk-set-uri=http://localhost:1/keys",
                    "--aftertouch.sign-in.users[0].email=owner@demo.example",
                    "--aftertouch.sign-in.users[0].business-id=00000000-0000-4000-8000-000000000001",
                    "--aftertouch.sign-in.users[0].role=owner",
                    "--aftertouch.sign-in.users[0].password-hash=" + DEMO_HASH))
        .hasStackTraceContaining("A user has the demonstration password");
  }

  @Test
  void refusesToStartWhenNobodyCouldSignIn() {
    assertThatThrownBy(() -> start())
        .hasStackTraceContaining("set aftertouch.security.jwk-set-uri");
  }

  @Test
  void hasNoLocalSignInWithAForeignIssuer() {
    try (ConfigurableApplicationContext gateway =
        start("--aftertouch.security.jwk-set-uri=http://localhost:1/keys")) {
      assertThat(gateway.containsBean("localTokenController")).isFalse();
      assertThat(gateway.containsBean("localSignIn")).isFalse();
    }
  }

  private static ConfigurableApplicationContext start(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--server.port=0"));
    all.addAll(List.of(arguments));
    return new SpringApplicationBuilder(Gateway.class).run(all.toArray(String[]::new));
  }
}
