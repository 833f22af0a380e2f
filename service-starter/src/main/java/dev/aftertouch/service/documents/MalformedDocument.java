package dev.aftertouch.service.documents;

import dev.aftertouch.engine.definition.FieldError;
import java.util.List;

/** The document is not of the form that its schema asks for. */
public final class MalformedDocument extends IllegalArgumentException {
  private final transient List<FieldError> errors;

  MalformedDocument(List<FieldError> errors) {
    super("Malformed document: " + errors);
    this.errors = errors;
  }

  /** What is wrong where. */
  public List<FieldError> errors() {
    return errors;
  }
}
