package dev.aftertouch.campaign.running;

import dev.aftertouch.local.testing.TestIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API as one user of one business sees it. */
public record Api(String url, UUID business, String role) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  public static final JsonMapper JSON = new JsonMapper();

  /** An answer; its body is a missing node where there is none. */
  public record Reply(int status, JsonNode body, @Nullable String etag) {
    /** The last part of the problem's type. */
    public String problem() {
      return body.path("type").asString("").replace("urn:aftertouch:problem:", "");
    }

    public UUID id() {
      return UUID.fromString(body.path("id").asString(""));
    }
  }

  /** Another role of the same business. */
  public Api as(String other) {
    return new Api(url, business, other);
  }

  public Reply get(String path) {
    return send("GET", path, null, null);
  }

  public Reply post(String path, @Nullable String body) {
    return send("POST", path, body, null);
  }

  public Reply put(String path, String body, @Nullable String ifMatch) {
    return send("PUT", path, body, ifMatch);
  }

  public Reply delete(String path) {
    return send("DELETE", path, null, null);
  }

  /** Any request. */
  public Reply send(String method, String path, @Nullable String body, @Nullable String ifMatch) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", "Bearer " + TestIdentity.shared().token(business, role))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    try {
      HttpResponse<String> response =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      JsonNode json =
          response.body().isEmpty() ? JSON.missingNode() : JSON.readTree(response.body());
      return new Reply(
          response.statusCode(), json, response.headers().firstValue("ETag").orElse(null));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
