package dev.aftertouch.service.documents;

import dev.aftertouch.engine.definition.FieldError;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds components of records that are null though their type is not {@link Nullable}. What a type
 * requires is looked up once: the gate reads the settings of each business that it has not seen.
 */
final class MissingFields {
  private static final ClassValue<List<Part>> PARTS =
      new ClassValue<>() {
        @Override
        protected List<Part> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents()).map(Part::of).toList();
        }
      };

  /** A component of a record, by its name in a document. */
  private record Part(String name, Method accessor, boolean required) {
    static Part of(RecordComponent component) {
      return new Part(
          component.getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT),
          component.getAccessor(),
          !component.getAnnotatedType().isAnnotationPresent(Nullable.class));
    }

    @Nullable Object of(Record owner) {
      try {
        return accessor.invoke(owner);
      } catch (ReflectiveOperationException inaccessible) {
        throw new IllegalStateException("Records of documents are public", inaccessible);
      }
    }
  }

  /** Where a value stands; written out only where something is missing there. */
  private record Place(@Nullable Place above, String step) {
    String path() {
      return above == null ? step : above.path() + step;
    }

    Place component(String name) {
      return new Place(this, this.step.isEmpty() ? name : "." + name);
    }
  }

  private MissingFields() {}

  static List<FieldError> in(Object root) {
    List<FieldError> missing = new ArrayList<>();
    walk(root, new Place(null, ""), missing);
    return missing;
  }

  private static void walk(@Nullable Object value, Place place, List<FieldError> missing) {
    if (value instanceof Record fields) {
      for (Part part : PARTS.get(fields.getClass())) {
        Object inner = part.of(fields);
        if (inner == null && part.required()) {
          missing.add(
              new FieldError(
                  place.component(part.name()).path(),
                  "missing",
                  "'" + part.name() + "' is missing."));
        } else if (inner instanceof Record
            || inner instanceof Collection<?>
            || inner instanceof Map<?, ?>) {
          walk(inner, place.component(part.name()), missing);
        }
      }
    } else if (value instanceof Collection<?> items) {
      int index = 0;
      for (Object item : items) {
        walk(item, new Place(place, "[" + index++ + "]"), missing);
      }
    } else if (value instanceof Map<?, ?> entries) {
      entries.forEach((key, item) -> walk(item, new Place(place, "." + key), missing));
    }
  }
}
