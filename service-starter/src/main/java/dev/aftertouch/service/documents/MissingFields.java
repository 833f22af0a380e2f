package dev.aftertouch.service.documents;

import dev.aftertouch.engine.definition.FieldError;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds components of records that are null though their type is not {@link Nullable}. */
final class MissingFields {
  private MissingFields() {}

  static List<FieldError> in(Object root) {
    List<FieldError> missing = new ArrayList<>();
    walk(root, "", missing);
    return missing;
  }

  private static void walk(@Nullable Object value, String path, List<FieldError> missing) {
    if (value instanceof Record fields) {
      for (RecordComponent component : fields.getClass().getRecordComponents()) {
        String name = path + (path.isEmpty() ? "" : ".") + snake(component.getName());
        Object part = read(component, fields);
        if (part == null && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
          missing.add(
              new FieldError(name, "missing", "'" + snake(component.getName()) + "' is missing."));
        }
        walk(part, name, missing);
      }
    } else if (value instanceof Collection<?> items) {
      int index = 0;
      for (Object item : items) {
        walk(item, path + "[" + index++ + "]", missing);
      }
    } else if (value instanceof Map<?, ?> entries) {
      entries.forEach((key, item) -> walk(item, path + "." + key, missing));
    }
  }

  private static @Nullable Object read(RecordComponent component, Record owner) {
    try {
      return component.getAccessor().invoke(owner);
    } catch (ReflectiveOperationException inaccessible) {
      throw new IllegalStateException("Records of documents are public", inaccessible);
    }
  }

  private static String snake(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
