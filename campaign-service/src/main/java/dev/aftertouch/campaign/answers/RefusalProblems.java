package dev.aftertouch.campaign.answers;

import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.PRECONDITION_FAILED;

import dev.aftertouch.service.problems.Problems;
import java.util.Map;
import org.springframework.http.ProblemDetail;

/** Each refusal as a problem with a stable type. */
final class RefusalProblems {
  private RefusalProblems() {}

  static ProblemDetail of(Refusal refusal) {
    return switch (refusal) {
      case Refusal.NotFound none -> Problems.notFound(none.what());
      case Refusal.Invalid invalid -> Problems.invalid(invalid.errors());
      case Refusal.Stale stale -> stale(stale);
      case Refusal.PresetReadOnly preset ->
          Problems.of(
              CONFLICT,
              "preset_read_only",
              "Presets can not be changed",
              "'" + preset.name() + "' comes with the product. Duplicate it and change the copy.");
      case Refusal.NotInThisStatus status ->
          Problems.of(CONFLICT, status.code(), "Not possible in this status", status.message());
      case Refusal.ServiceTaken taken -> taken(taken);
      case Refusal.NameTaken name ->
          Problems.of(
              CONFLICT,
              "name_taken",
              "The name is taken",
              "There is a template '" + name.name() + "' already; choose another name.");
      case Refusal.TemplateInUse use ->
          Problems.of(
              CONFLICT,
              "template_in_use",
              "The template is in use",
              "Take it out of " + String.join(", ", use.campaigns()) + " first, then delete it.");
    };
  }

  private static ProblemDetail stale(Refusal.Stale stale) {
    ProblemDetail problem =
        Problems.of(
            PRECONDITION_FAILED,
            "changed_meanwhile",
            "Somebody changed it meanwhile",
            "Read it again, look at what changed and repeat your change on top of it.");
    problem.setProperty("revision", stale.revision());
    return problem;
  }

  private static ProblemDetail taken(Refusal.ServiceTaken taken) {
    String service = taken.service() == null ? "all services" : taken.service().code();
    ProblemDetail problem =
        Problems.of(
            CONFLICT,
            "service_taken",
            "Another campaign follows up these jobs",
            "'"
                + taken.campaignName()
                + "' enrolls finished jobs of "
                + service
                + " already. Archive or delete it, or choose another service type or manual enrollment.");
    problem.setProperty(
        "other_campaign", Map.of("id", taken.campaignId(), "name", taken.campaignName()));
    return problem;
  }
}
