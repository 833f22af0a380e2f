package dev.aftertouch.campaign.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.campaign.running.Api;
import dev.aftertouch.campaign.running.RunningService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

class OpenApiTest extends RunningService {
  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mappings;

  private static JsonNode document() {
    try (var in = OpenApiTest.class.getResourceAsStream("/contracts/openapi.json")) {
      return Api.JSON.readTree(in);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void describesExactlyWhatIsMapped() {
    Set<String> mapped = new TreeSet<>();
    for (RequestMappingInfo info : mappings.getHandlerMethods().keySet()) {
      for (String path : info.getPatternValues()) {
        if (path.startsWith("/api/")) {
          info.getMethodsCondition()
              .getMethods()
              .forEach(method -> mapped.add(method + " " + path));
        }
      }
    }
    Set<String> described = new TreeSet<>();
    for (var path : document().path("paths").properties()) {
      path.getValue()
          .propertyNames()
          .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
    }

    assertThat(mapped).isNotEmpty();
    assertThat(described).isEqualTo(mapped);
  }

  @Test
  void refersOnlyToWhatItHas() {
    JsonNode document = document();

    for (String reference : document.findValuesAsString("$ref")) {
      if (reference.startsWith("#")) {
        assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
      } else {
        assertThat(reference).as("beside this document").isEqualTo("schema.json");
      }
    }
  }

  @Test
  void isServedWithoutSignInAndNothingElseIs() throws Exception {
    assertThat(anonymous("/api/campaigns/openapi.json").body()).contains("\"openapi\": \"3.1.0\"");
    assertThat(anonymous("/api/schemas/campaign-definition.json").body())
        .contains("\"Campaign definition\"");
    assertThat(anonymous("/api/campaigns/schema.json").statusCode()).isEqualTo(200);
    for (String path :
        new String[] {"/api/campaigns", "/api/business", "/api/templates", "/api/presets"}) {
      assertThat(anonymous(path).statusCode()).as(path).isEqualTo(401);
    }
  }

  private HttpResponse<String> anonymous(String path) throws Exception {
    URI uri = URI.create(newBusiness("Any").url() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
