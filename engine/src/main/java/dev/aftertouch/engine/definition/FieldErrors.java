package dev.aftertouch.engine.definition;

import java.util.ArrayList;
import java.util.List;

/** Collects what the rules find. */
final class FieldErrors {
  private final List<FieldError> found = new ArrayList<>();

  void add(String field, String code, String message) {
    found.add(new FieldError(field, code, message));
  }

  /** The text must be there and no longer than that. */
  void requireText(String field, String text, int longest, String what) {
    if (text.isBlank()) {
      add(field, "missing", what + " is missing.");
    } else if (text.length() > longest) {
      add(
          field,
          "too_long",
          what + " has " + text.length() + " characters; at most " + longest + " are possible.");
    }
  }

  List<FieldError> toList() {
    return List.copyOf(found);
  }
}
