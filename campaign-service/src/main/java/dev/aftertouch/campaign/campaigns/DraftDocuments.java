package dev.aftertouch.campaign.campaigns;

import dev.aftertouch.campaign.answers.Answer;
import dev.aftertouch.campaign.answers.Refusal;
import dev.aftertouch.campaign.campaigns.TemplateUses.Usable;
import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.service.documents.Documents;
import dev.aftertouch.service.documents.MalformedDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A draft as the API speaks it: a campaign definition in which {@code template.template_id} may
 * stand for the wording. Reading takes the references out and the wording in; writing shows both.
 * The published definition has the wording alone.
 */
@Component
class DraftDocuments {
  private static final String REFERENCE = "template_id";

  private final Documents documents;
  private final JsonMapper json;
  private final TemplateUses uses;

  DraftDocuments(Documents documents, JsonMapper json, TemplateUses uses) {
    this.documents = documents;
    this.json = json;
    this.uses = uses;
  }

  /**
   * A draft that can be kept.
   *
   * @param templates the template of each step that uses one
   */
  record Draft(CampaignDefinition definition, Map<String, UUID> templates) {}

  /** A step that names a template. */
  private record Reference(StepNodes.Located step, String stepId, UUID template) {}

  /**
   * Reads a draft within the business's transaction. It need not be fit to publish, only to be
   * kept.
   */
  Answer<Draft> read(UUID business, JsonNode given) {
    if (!(given instanceof ObjectNode object)) {
      return Answer.invalid("", "malformed", "The document must be a JSON object.");
    }
    ObjectNode document = object.deepCopy();
    List<FieldError> errors = TextLimits.check(document);
    if (!document.has("steps")) {
      document.putArray("steps");
    }
    List<Reference> references = references(document, errors);
    takeWordingIn(references, business, errors);
    if (!errors.isEmpty()) {
      return Answer.refused(new Refusal.Invalid(errors));
    }
    Map<String, UUID> templates = new HashMap<>();
    references.forEach(reference -> templates.put(reference.stepId(), reference.template()));
    return parse(document, templates);
  }

  private Answer<Draft> parse(ObjectNode document, Map<String, UUID> templates) {
    try {
      CampaignDefinition definition = documents.campaign(document);
      String name = definition.name();
      if (name.isBlank() || name.length() > 100) {
        return Answer.invalid(
            "name", "name_invalid", "Give the campaign a name of 1 to 100 characters.");
      }
      return Answer.done(new Draft(definition, templates));
    } catch (MalformedDocument malformed) {
      return Answer.refused(new Refusal.Invalid(malformed.errors()));
    }
  }

  private static List<Reference> references(ObjectNode document, List<FieldError> errors) {
    List<Reference> found = new ArrayList<>();
    for (StepNodes.Located located : StepNodes.in(document)) {
      if (located.step().get("template") instanceof ObjectNode template
          && template.has(REFERENCE)) {
        JsonNode id = template.remove(REFERENCE);
        String stepId = located.step().path("id").asString("");
        if (found.stream().anyMatch(other -> other.stepId().equals(stepId))) {
          errors.add(
              new FieldError(
                  located.path() + ".id",
                  "id_repeated",
                  "The id '" + stepId + "' is there twice."));
        } else if (!id.isNull()) {
          reference(located, stepId, id, found, errors);
        }
      }
    }
    return found;
  }

  private static void reference(
      StepNodes.Located located,
      String stepId,
      JsonNode id,
      List<Reference> found,
      List<FieldError> errors) {
    try {
      found.add(new Reference(located, stepId, UUID.fromString(id.asString(""))));
    } catch (IllegalArgumentException noId) {
      errors.add(unknown(located));
    }
  }

  private void takeWordingIn(List<Reference> references, UUID business, List<FieldError> errors) {
    if (references.isEmpty()) {
      return;
    }
    Map<UUID, Usable> existing =
        uses.existing(business, references.stream().map(Reference::template).toList());
    for (Reference reference : references) {
      Usable template = existing.get(reference.template());
      ObjectNode step = reference.step().step();
      if (template == null) {
        errors.add(unknown(reference.step()));
      } else if (!step.path("kind").asString("").equals("send_" + template.channel().code())) {
        errors.add(
            new FieldError(
                reference.step().path() + ".template.template_id",
                "template_channel_differs",
                "This template is for "
                    + template.channel().name().toLowerCase(Locale.ROOT)
                    + "; the step is not."));
      } else {
        step.set("template", json.valueToTree(template.wording()));
      }
    }
  }

  private static FieldError unknown(StepNodes.Located located) {
    return new FieldError(
        located.path() + ".template.template_id",
        "template_unknown",
        "There is no such template in your business.");
  }

  /** The draft with its references shown. */
  JsonNode write(CampaignDefinition definition, Map<String, Usable> templates) {
    JsonNode document = json.valueToTree(definition);
    for (StepNodes.Located located : StepNodes.in(document)) {
      Usable used = templates.get(located.step().path("id").asString(""));
      if (used != null && located.step().get("template") instanceof ObjectNode template) {
        template.put(REFERENCE, used.id().toString());
      }
    }
    return document;
  }
}
