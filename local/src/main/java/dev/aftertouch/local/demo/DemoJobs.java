package dev.aftertouch.local.demo;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The committed jobs as if they had just been finished: all times moved by the same amount, so that
 * the newest was completed a minute ago. Jobs, customers and e-mail addresses get the run's suffix,
 * so that a second run meets neither the cooldown nor the suppressions of the first.
 *
 * @param csv the file to import
 * @param people by the customer's id of this run
 */
record DemoJobs(String csv, Map<String, Person> people) {
  private static final Duration AGE_OF_THE_NEWEST = Duration.ofMinutes(1);

  /**
   * Prepares the file for one run.
   *
   * @param zone counts where a time says none
   */
  static DemoJobs prepare(String committed, String run, Instant now, ZoneId zone) {
    List<List<String>> records = CsvTable.read(committed);
    List<String> header = records.getFirst();
    int completedAt = header.indexOf("completed_at");
    Duration shift =
        records.stream()
            .skip(1)
            .flatMap(record -> time(at(record, completedAt), zone).stream())
            .max(Instant::compareTo)
            .map(newest -> Duration.between(newest, now.minus(AGE_OF_THE_NEWEST)))
            .orElse(Duration.ZERO);
    List<List<String>> moved = new ArrayList<>(List.of(header));
    Map<String, Person> people = new LinkedHashMap<>();
    for (List<String> record : records.subList(1, records.size())) {
      List<String> row = new ArrayList<>(record);
      replace(row, header.indexOf("job_id"), value -> value + "-" + run);
      replace(row, header.indexOf("customer_id"), value -> value + "-" + run);
      replace(row, header.indexOf("email"), value -> tagged(value, run));
      replace(
          row,
          completedAt,
          value -> time(value, zone).map(time -> time.plus(shift).toString()).orElse(value));
      moved.add(row);
      Person person = person(header, row);
      people.put(person.id(), person);
    }
    return new DemoJobs(CsvTable.write(moved), people);
  }

  private static Person person(List<String> header, List<String> row) {
    return new Person(
        at(row, header.indexOf("customer_id")),
        at(row, header.indexOf("job_id")),
        at(row, header.indexOf("service_type")),
        at(row, header.indexOf("first_name")).strip(),
        at(row, header.indexOf("last_name")).strip(),
        at(row, header.indexOf("city")).strip());
  }

  /** Sub-addressing; what is no address stays as it is. */
  private static String tagged(String email, String run) {
    int at = email.indexOf('@');
    return at < 1 ? email : email.substring(0, at) + "+" + run + email.substring(at);
  }

  private static Optional<Instant> time(String text, ZoneId zone) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException noOffset) {
      try {
        return Optional.of(LocalDateTime.parse(text).atZone(zone).toInstant());
      } catch (DateTimeException noTime) {
        return Optional.empty();
      }
    }
  }

  private static String at(List<String> row, int column) {
    return column >= 0 && column < row.size() ? row.get(column) : "";
  }

  private static void replace(
      List<String> row, int column, java.util.function.UnaryOperator<String> change) {
    String value = at(row, column);
    if (!value.isEmpty()) {
      row.set(column, change.apply(value));
    }
  }
}
