package dev.aftertouch.campaign.answers;

import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.service.problems.RefusedException;
import java.util.List;

/** What a use case answers. A refused one has changed nothing. */
public sealed interface Answer<T> {
  /** It is done. */
  record Done<T>(T value) implements Answer<T> {}

  /** It was refused. */
  record Refused<T>(Refusal refusal) implements Answer<T> {}

  /** It is done. */
  static <T> Answer<T> done(T value) {
    return new Done<>(value);
  }

  /** It was refused. */
  static <T> Answer<T> refused(Refusal refusal) {
    return new Refused<>(refusal);
  }

  /** It was refused because of one field. */
  static <T> Answer<T> invalid(String field, String code, String message) {
    return new Refused<>(new Refusal.Invalid(List.of(new FieldError(field, code, message))));
  }

  /** The value; a refusal ends the request with its problem. For controllers. */
  default T orProblem() {
    return switch (this) {
      case Done<T> done -> done.value();
      case Refused<T> refused -> throw new RefusedException(RefusalProblems.of(refused.refusal()));
    };
  }
}
