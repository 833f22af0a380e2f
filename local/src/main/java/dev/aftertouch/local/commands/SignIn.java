package dev.aftertouch.local.commands;

import dev.aftertouch.local.process.Trouble;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Talks to the gateway as one of its local users. */
final class SignIn {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private SignIn() {}

  /** An access token. */
  static String token(String gateway, String email, String password) {
    String body = JSON.writeValueAsString(Map.of("email", email, "password", password));
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(URI.create(gateway + "/local/token"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    if (response.statusCode() != 200) {
      throw new Trouble(
          "%s cannot sign in (the gateway answered %d): use owner@demo.example, staff@demo.example or analyst@demo.example, or give --password."
              .formatted(email, response.statusCode()));
    }
    return JSON.readTree(response.body()).path("access_token").asString();
  }

  static HttpResponse<String> send(HttpRequest request) {
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new Trouble(
          "The gateway does not answer at %s: see ./aftertouch status.".formatted(request.uri()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Trouble("Interrupted.");
    }
  }
}
