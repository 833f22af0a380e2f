package dev.aftertouch.campaign.answers;

import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.engine.definition.ServiceType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An expected no. */
public sealed interface Refusal {
  /** There is none, or it is another business's, which is the same to whoever asks. */
  record NotFound(String what) implements Refusal {}

  /** Somebody changed it since; it now has that revision. */
  record Stale(long revision) implements Refusal {}

  /** These fields need a change. */
  record Invalid(List<FieldError> errors) implements Refusal {}

  /** Presets belong to everybody. */
  record PresetReadOnly(String name) implements Refusal {}

  /** The campaign's status does not allow it; the code and the sentence are the lifecycle's. */
  record NotInThisStatus(String code, String message) implements Refusal {}

  /** Another campaign enrolls for that service already (MT-D1); null is all services. */
  record ServiceTaken(@Nullable ServiceType service, UUID campaignId, String campaignName)
      implements Refusal {}

  /** Another template has that name. */
  record NameTaken(String name) implements Refusal {}

  /** The drafts of these campaigns take their wording from the template. */
  record TemplateInUse(List<String> campaigns) implements Refusal {}
}
