package dev.aftertouch.enrollment.importing;

import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.enrollment.importing.JobForm.Checked;
import dev.aftertouch.facts.JobFact;
import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RestController
class JobsController {
  private static final int MOST = 1_000;

  /** What was taken over. */
  record Accepted(int accepted, List<AcceptedJob> jobs) {}

  /** A fact that lies on topic jobs now. */
  record AcceptedJob(String jobId, String factId) {}

  private final PublishJobs publishJobs;
  private final JsonMapper json;
  private final InstantSource clock;

  JobsController(PublishJobs publishJobs, JsonMapper json, InstantSource clock) {
    this.publishJobs = publishJobs;
    this.json = json;
    this.clock = clock;
  }

  /** One job fact or an array of them: all are taken over, or none and the errors are named. */
  @PostMapping("/api/jobs")
  @PreAuthorize("hasAnyRole('OWNER', 'STAFF')")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Accepted take(@RequestBody JsonNode body, CurrentUser user) {
    List<FieldError> errors = new ArrayList<>();
    List<JobFact> facts = new ArrayList<>();
    int size = body.isArray() ? body.size() : 1;
    if (size > MOST) {
      throw invalid(
          List.of(new FieldError("", "too_many", "Send at most " + MOST + " jobs at a time.")));
    }
    for (int i = 0; i < size; i++) {
      String path = body.isArray() ? "[" + i + "]." : "";
      switch (read(body.isArray() ? body.get(i) : body, user)) {
        case Checked.Good good -> facts.add(good.fact());
        case Checked.Bad bad ->
            bad.errors()
                .forEach(
                    error ->
                        errors.add(
                            new FieldError(path + error.field(), error.code(), error.message())));
      }
    }
    if (!errors.isEmpty()) {
      throw invalid(errors);
    }
    publishJobs.publish(user.businessId(), facts);
    return new Accepted(
        facts.size(),
        facts.stream().map(fact -> new AcceptedJob(fact.getJobId(), fact.getFactId())).toList());
  }

  private Checked read(JsonNode node, CurrentUser user) {
    if (!node.isObject()) {
      return new Checked.Bad(List.of(new FieldError("", "malformed", "A job is a JSON object.")));
    }
    try {
      JobDocument document = json.treeToValue(node, JobDocument.class);
      return JobForm.check(user.businessId(), document, "api", clock.instant());
    } catch (DatabindException mismatch) {
      String field =
          mismatch.getPath().stream()
              .map(step -> String.valueOf(step.getPropertyName()))
              .reduce((outer, inner) -> outer + "." + inner)
              .orElse("");
      return new Checked.Bad(
          List.of(
              new FieldError(
                  field, "malformed", "The value of " + field + " is not of the expected form.")));
    }
  }

  private static RefusedException invalid(List<FieldError> errors) {
    return new RefusedException(Problems.invalid(errors));
  }
}
