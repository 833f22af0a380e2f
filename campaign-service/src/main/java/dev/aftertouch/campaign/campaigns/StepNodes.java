package dev.aftertouch.campaign.campaigns;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The steps of a definition's JSON, nested ones included, before it is known to be well-formed. */
final class StepNodes {
  private StepNodes() {}

  /** A step and where it stands, such as {@code steps[2].when_true[0]}. */
  record Located(String path, ObjectNode step) {}

  static List<Located> in(JsonNode document) {
    List<Located> found = new ArrayList<>();
    collect(document.path("steps"), "steps", found);
    return found;
  }

  private static void collect(JsonNode steps, String path, List<Located> found) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof ObjectNode step) {
        String here = path + "[" + i + "]";
        found.add(new Located(here, step));
        collect(step.path("when_true"), here + ".when_true", found);
        collect(step.path("when_false"), here + ".when_false", found);
      }
    }
  }
}
