package dev.aftertouch.enrollment.importing;

import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.enrollment.importing.JobDocument.AddressDocument;
import dev.aftertouch.enrollment.importing.JobDocument.CustomerDocument;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One row of a CSV file as a document, with what its cells lack. */
final class CsvJob {
  private static final int MOST_ECHOED = 40;

  private final Map<String, String> cells;
  private final ZoneId businessZone;
  private final List<FieldError> errors = new ArrayList<>();

  CsvJob(CsvRows.Row row, ZoneId businessZone) {
    this.cells = row.cells();
    this.businessZone = businessZone;
  }

  List<FieldError> errors() {
    return errors;
  }

  /** The document; meaningless when there are errors. */
  JobDocument document() {
    if (cells.containsKey(CsvRows.BEYOND)) {
      errors.add(
          new FieldError(
              "",
              "too_many_cells",
              "The row has more cells than the header; put quotes around commas."));
    }
    for (String column : CsvRows.REQUIRED) {
      if (cell(column) == null) {
        errors.add(new FieldError(column, "missing", "The cell " + column + " is empty."));
      }
    }
    return new JobDocument(
        "job_completed",
        null,
        cell("job_id"),
        null,
        cell("service_type"),
        completedAt(),
        value(),
        enroll(),
        customer(),
        null);
  }

  private CustomerDocument customer() {
    Map<String, String> customFields = new TreeMap<>();
    cells.forEach(
        (column, value) -> {
          if (column.startsWith(CsvRows.CUSTOM)) {
            customFields.put(column.substring(CsvRows.CUSTOM.length()), value);
          }
        });
    return new CustomerDocument(
        cell("customer_id"),
        cell("first_name"),
        cell("last_name"),
        cell("email"),
        cell("phone"),
        new AddressDocument(
            cell("address_line1"),
            cell("address_line2"),
            cell("city"),
            cell("state"),
            cell("postal_code"),
            cell("country")),
        cell("time_zone"),
        customFields);
  }

  private @Nullable Instant completedAt() {
    String text = cell("completed_at");
    if (text == null) {
      return null;
    }
    Optional<Instant> instant = instant(text);
    if (instant.isEmpty()) {
      errors.add(
          new FieldError(
              "completed_at",
              "malformed",
              "\""
                  + echo(text)
                  + "\" is no time. Write 2026-05-01T14:30:00Z, 2026-05-01T14:30 or 2026-05-01 (noon); without a zone the business's counts."));
    }
    return instant.orElse(null);
  }

  private Optional<Instant> instant(String text) {
    String iso = text.replace(' ', 'T');
    try {
      return Optional.of(OffsetDateTime.parse(iso).toInstant());
    } catch (DateTimeParseException noOffset) {
      try {
        return Optional.of(LocalDateTime.parse(iso).atZone(businessZone).toInstant());
      } catch (DateTimeParseException noTime) {
        try {
          return Optional.of(
              LocalDate.parse(iso).atTime(LocalTime.NOON).atZone(businessZone).toInstant());
        } catch (DateTimeException noDate) {
          return Optional.empty();
        }
      }
    }
  }

  private @Nullable BigDecimal value() {
    String text = cell("value");
    if (text == null) {
      return null;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException notANumber) {
      errors.add(
          new FieldError(
              "value", "malformed", "\"" + echo(text) + "\" is no amount. Write it as 1234.50."));
      return null;
    }
  }

  private boolean enroll() {
    String text = cell("enroll");
    if (text == null) {
      return true;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "1" -> true;
      case "false", "no", "0" -> false;
      default -> {
        errors.add(
            new FieldError(
                "enroll", "malformed", "\"" + echo(text) + "\" is neither true nor false."));
        yield false;
      }
    };
  }

  private @Nullable String cell(String column) {
    return cells.get(column);
  }

  private static String echo(String text) {
    return text.length() <= MOST_ECHOED ? text : text.substring(0, MOST_ECHOED) + "…";
  }
}
