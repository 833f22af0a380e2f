package dev.aftertouch.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The owner of the demo's business asks through the gateway, one question after the other. */
final class Questions implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * How long the answers took.
   *
   * @param p50 milliseconds, as the others
   */
  record Times(int calls, double p50, double p99, double max) {}

  private final HttpClient http = HttpClient.newHttpClient();
  private final String gateway;
  private final String token;

  Questions(String gateway) throws IOException, InterruptedException {
    this.gateway = gateway;
    this.token =
        JSON.readTree(
                answer(
                    HttpRequest.newBuilder(URI.create(gateway + "/local/token"))
                        .header("Content-Type", "application/json")
                        .POST(
                            BodyPublishers.ofString(
                                JSON.writeValueAsString(
                                    Map.of("email", "owner@demo.example", "password", "demo"))))
                        .build()))
            .path("access_token")
            .asString();
  }

  JsonNode ask(String path) throws IOException, InterruptedException {
    return JSON.readTree(
        answer(
            HttpRequest.newBuilder(URI.create(gateway + path))
                .header("Authorization", "Bearer " + token)
                .build()));
  }

  /** Asks so many times, after a quarter as many that do not count. */
  Times time(int calls, IntFunction<String> path) throws IOException, InterruptedException {
    for (int i = 0; i < calls / 4; i++) {
      ask(path.apply(i));
    }
    double[] millis = new double[calls];
    for (int i = 0; i < calls; i++) {
      long asked = System.nanoTime();
      ask(path.apply(i));
      millis[i] = (System.nanoTime() - asked) / 1e6;
    }
    Arrays.sort(millis);
    return new Times(calls, millis[calls / 2], millis[(int) (calls * 0.99)], millis[calls - 1]);
  }

  private String answer(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(
          "%s was answered with %d: %s"
              .formatted(request.uri().getPath(), response.statusCode(), response.body()));
    }
    return response.body();
  }

  @Override
  public void close() {
    http.close();
  }
}
