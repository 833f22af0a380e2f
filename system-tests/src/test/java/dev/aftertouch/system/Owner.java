package dev.aftertouch.system;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The owner of a business, signed in at the gateway, doing everything over HTTP. */
final class Owner {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** What a test activated, by service: one service has one campaign, and all tests one system. */
  private static final Map<String, String> ACTIVATED = new ConcurrentHashMap<>();

  private final RunningSystem system;
  private final String token;

  Owner(RunningSystem system, String email) {
    this.system = system;
    this.token =
        Http.postJson(
                system.gateway() + "/local/token",
                Json.object().put("email", email).put("password", "demo"))
            .orThrow()
            .json()
            .path("access_token")
            .asString();
  }

  static Owner ofSummit() {
    return new Owner(RunningSystem.shared(), "owner@demo.example");
  }

  Http.Answer call(String method, String path, JsonNode body) {
    return Http.send(
        method,
        system.gateway() + path,
        token,
        "application/json",
        body.isNull() ? "" : body.toString());
  }

  Http.Answer call(String method, String path) {
    return call(method, path, Json.read(""));
  }

  JsonNode get(String path) {
    return call("GET", path).orThrow().json();
  }

  String token() {
    return token;
  }

  /**
   * Duplicates the preset for a service, replaces its steps and activates the copy, which takes the
   * place of an earlier test's.
   */
  String activeCampaign(String service, String name, ObjectNode... steps) {
    String earlier = ACTIVATED.remove(service);
    if (earlier != null) {
      call("DELETE", "/api/campaigns/" + earlier);
    }
    String preset =
        get("/api/presets")
            .path("items")
            .valueStream()
            .filter(p -> p.path("preset_key").asString().equals("standard"))
            .map(p -> p.path("id").asString())
            .findFirst()
            .orElseThrow();
    JsonNode copy =
        call(
                "POST",
                "/api/campaigns/" + preset + "/duplicate",
                Json.object().put("name", name).put("service_type", service))
            .orThrow()
            .json();
    String id = copy.path("id").asString();
    ObjectNode definition = (ObjectNode) copy.path("definition");
    var list = Json.array();
    for (ObjectNode step : steps) {
      list.add(step);
    }
    definition.set("steps", list);
    call("PUT", "/api/campaigns/" + id, definition).orThrow();
    call("POST", "/api/campaigns/" + id + "/activate").orThrow();
    ACTIVATED.put(service, id);
    return id;
  }

  /** Reports a completed job and answers its id. */
  String completeJob(String service, Person person) {
    String job = "job-" + UUID.randomUUID();
    report(job(job, service, person, system.now()));
    return job;
  }

  void report(JsonNode job) {
    call("POST", "/api/jobs", job).orThrow();
  }

  static ObjectNode job(String job, String service, Person person, Instant completedAt) {
    ObjectNode document =
        Json.object()
            .put("type", "job_completed")
            .put("job_id", job)
            .put("service_type", service)
            .put("completed_at", completedAt.toString());
    ObjectNode customer = document.putObject("customer");
    customer
        .put("external_id", person.id())
        .put("first_name", "Maria")
        .put("last_name", "Sample")
        .put("time_zone", "America/Denver");
    customer.put("email", person.email()).put("phone", person.phone());
    return document;
  }

  /** The enrollment that the job led to, awaited. */
  JsonNode enrollmentOf(String job) {
    return await("enrollment of " + job)
        .atMost(PATIENCE)
        .until(
            () -> get("/api/enrollments?job_id=" + job).path("items").path(0),
            found -> !found.isMissingNode());
  }

  JsonNode awaitStatus(String job, String status) {
    return await(job + " to be " + status)
        .atMost(PATIENCE)
        .until(() -> enrollmentOf(job), found -> found.path("status").asString().equals(status));
  }

  JsonNode awaitStop(String job, String reason) {
    JsonNode stopped = awaitStatus(job, "stopped");
    if (!Objects.equals(stopped.path("stop_reason").asString(), reason)) {
      throw new AssertionError("Expected " + reason + " but was " + stopped);
    }
    return stopped;
  }

  JsonNode awaitRefusal(String job) {
    return await("refusal of " + job)
        .atMost(PATIENCE)
        .until(() -> refusal(job), found -> !found.isMissingNode());
  }

  JsonNode refusal(String job) {
    return get("/api/refusals?page_size=200")
        .path("items")
        .valueStream()
        .filter(r -> r.path("job_id").asString("").equals(job))
        .findFirst()
        .orElse(Json.object().path("none"));
  }

  JsonNode touch(String enrollment, int number) {
    return get("/api/enrollments/" + enrollment).path("touches").path(number - 1);
  }
}
