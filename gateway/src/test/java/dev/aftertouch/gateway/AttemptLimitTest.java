package dev.aftertouch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "aftertouch.sign-in.attempts-per-minute=0")
class AttemptLimitTest extends RunningGateway {
  @Test
  void turnsAnAddressAwayThatTriesTooOften() {
    HttpResponse<String> answer =
        post("/local/token", Map.of("email", "owner@demo.example", "password", "demo"));

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("60");
    assertThat(json(answer.body()))
        .containsEntry("type", "urn:aftertouch:problem:too_many_attempts");
  }
}
