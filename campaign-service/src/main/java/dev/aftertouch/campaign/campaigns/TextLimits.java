package dev.aftertouch.campaign.campaigns;

import dev.aftertouch.engine.definition.FieldError;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What even a draft may not hold: texts that no rule allows anywhere, and characters that
 * PostgreSQL can not keep.
 */
final class TextLimits {
  private static final int LONGEST = 100_000;

  private TextLimits() {}

  static List<FieldError> check(JsonNode document) {
    List<FieldError> errors = new ArrayList<>();
    walk(document, "", errors);
    return errors;
  }

  private static void walk(JsonNode node, String path, List<FieldError> errors) {
    if (node.isString()) {
      check(node.stringValue(), path, errors);
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        walk(node.get(i), path + "[" + i + "]", errors);
      }
    } else {
      for (var property : node.properties()) {
        String here = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
        check(property.getKey(), path, errors);
        walk(property.getValue(), here, errors);
      }
    }
  }

  private static void check(String text, String path, List<FieldError> errors) {
    if (text.length() > LONGEST) {
      errors.add(
          new FieldError(
              path,
              "too_long",
              "The text has "
                  + text.length()
                  + " characters; at most "
                  + LONGEST
                  + " are possible."));
    }
    if (text.indexOf('\0') >= 0) {
      errors.add(new FieldError(path, "text_invalid", "Remove the NUL character."));
    }
  }
}
