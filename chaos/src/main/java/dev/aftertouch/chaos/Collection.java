package dev.aftertouch.chaos;

import dev.aftertouch.local.infrastructure.Login;
import dev.aftertouch.local.infrastructure.ServiceDatabase;
import dev.aftertouch.local.system.LocalSystem;
import dev.aftertouch.local.system.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gathers what the system, its topics and the providers' ledger say, as evidence. */
final class Collection {
  private static final String CLAIMED =
      "SELECT enrollment_id FROM touches WHERE state = 'claimed' ";

  private final LocalSystem system;
  private final Journal journal;

  Collection(LocalSystem system, Journal journal) {
    this.system = system;
    this.journal = journal;
  }

  void gather() throws IOException, InterruptedException, SQLException {
    ledger();
    Facts facts = new Facts(system.infrastructure());
    List<Map<String, ?>> enrollments = new ArrayList<>();
    facts.read("enrollments", fact -> enrollments.add(enrollment(fact)));
    journal.note("enrollments", enrollments);
    List<Map<String, ?>> outcomes = new ArrayList<>();
    facts.read("touch-outcomes", fact -> outcomes.add(outcome(fact)));
    journal.note("outcomes", outcomes);
    List<Map<String, ?>> buried = new ArrayList<>();
    facts.readDeadLetters(letter -> buried.add(buried(letter)));
    journal.note("buried", buried);
    dump(
        Service.DISPATCH,
        "attempts",
        """
        SELECT json_build_object('touch', touch_id, 'business', business_id, 'channel', channel, 'state', state,
          'address', address, 'claimed_at', round(extract(epoch FROM claimed_at) * 1000)) FROM touches
        """);
    dump(
        Service.ANALYTICS,
        "projected",
        """
        SELECT json_build_object('business', business_id, 'sent', sum(count)) FROM touch_counts
        WHERE measure = 'sent' GROUP BY business_id
        """);
  }

  /**
   * Claims that are open and enrollments that go on, by state. A deferred touch of an enrollment
   * that was stopped stays so.
   */
  Map<String, Long> unfinished() throws SQLException {
    Map<String, Long> left = new TreeMap<>();
    count(
        left,
        Service.DISPATCH,
        """
        SELECT 'touches claimed', count(*) FROM touches WHERE state = 'claimed' HAVING count(*) > 0
        """);
    count(
        left,
        Service.ENROLLMENT,
        """
        SELECT 'enrollments ' || CASE WHEN d.due_at IS NULL THEN 'awaiting_outcome' ELSE 'waiting' END, count(*)
        FROM enrollments e LEFT JOIN due_touches d USING (business_id, enrollment_id)
        WHERE e.status = 'active' GROUP BY 1
        """);
    return left;
  }

  /** Whether as many touches are told as sent as were accepted. */
  boolean isProjected() throws SQLException {
    return number(Service.DISPATCH, "SELECT count(*) FROM touches WHERE state = 'accepted'")
        == number(
            Service.ANALYTICS,
            "SELECT coalesce(sum(count), 0) FROM touch_counts WHERE measure = 'sent'");
  }

  private long number(Service service, String query) throws SQLException {
    try (Connection connection = connect(service);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /**
   * Enrollments with a touch under way: asked, or claimed, and not answered. A claim that was left
   * open and that a sweeper looked at, and left as it was because it must not be handed over now,
   * is not under way: a look gives a new lease of 45 seconds.
   *
   * @param since only a look since then counts; real time
   */
  Set<String> underWay(Instant since) throws SQLException {
    Set<String> underWay =
        column(
            Service.ENROLLMENT,
            """
            SELECT e.enrollment_id FROM enrollments e LEFT JOIN due_touches d USING (business_id, enrollment_id)
            WHERE e.status = 'active' AND d.due_at IS NULL
            """);
    underWay.addAll(column(Service.DISPATCH, CLAIMED));
    underWay.removeAll(
        column(
            Service.DISPATCH,
            CLAIMED
                + """
                AND deadline > claimed_at + interval '50 seconds'
                AND deadline > to_timestamp(%d) + interval '46 seconds'
                """
                    .formatted(since.getEpochSecond())));
    return underWay;
  }

  /** When the next touch falls due; null when none waits. */
  @Nullable Instant nextDue() throws SQLException {
    try (Connection connection = connect(Service.ENROLLMENT);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT min(due_at) FROM due_touches")) {
      rows.next();
      Timestamp next = rows.getTimestamp(1);
      return next == null ? null : next.toInstant();
    }
  }

  private void ledger() throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    long since = 0;
    while (true) {
      String answer =
          http.send(
                  HttpRequest.newBuilder(
                          URI.create(
                              system.urls().sandbox()
                                  + "/sandbox/ledger?limit=5000&since="
                                  + since))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      JsonNode entries = JsonMapper.shared().readTree(answer).path("entries");
      if (entries.isEmpty()) {
        return;
      }
      StringBuilder lines = new StringBuilder();
      for (JsonNode entry : entries) {
        lines.append(entry).append('\n');
        since = Math.max(since, entry.path("seq").asLong());
      }
      journal.write("ledger", lines.toString());
    }
  }

  private static Map<String, ?> enrollment(GenericRecord record) {
    GenericRecord fact = (GenericRecord) record.get("fact");
    return line(
        "enrollment", record.get("enrollment_id"),
        "business", record.get("business_id"),
        "job", record.get("job_id"),
        "kind", fact.getSchema().getName(),
        "reason", fact.hasField("reason") ? fact.get("reason") : null);
  }

  private static Map<String, ?> outcome(GenericRecord record) {
    GenericRecord outcome = (GenericRecord) record.get("outcome");
    Map<String, Object> line =
        line(
            "touch", record.get("touch_id"),
            "business", record.get("business_id"),
            "enrollment", record.get("enrollment_id"),
            "channel", String.valueOf(record.get("channel")).toLowerCase(java.util.Locale.ROOT),
            "kind", outcome.getSchema().getName(),
            "reason", outcome.hasField("reason") ? outcome.get("reason") : null);
    line.put("round", record.get("round"));
    line.put("number", record.get("number"));
    return line;
  }

  private static Map<String, ?> buried(Headers letter) {
    return line(
        "origin", text(letter, "aftertouch-origin"), "reason", text(letter, "aftertouch-reason"));
  }

  private static String text(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static Map<String, Object> line(@Nullable Object... namesAndValues) {
    Map<String, Object> line = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      line.put(String.valueOf(namesAndValues[i]), value == null ? "" : value.toString());
    }
    return line;
  }

  private void dump(Service service, String subject, String sql) throws SQLException {
    StringBuilder lines = new StringBuilder();
    try (Connection connection = connect(service);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        lines.append(rows.getString(1)).append('\n');
      }
    }
    journal.write(subject, lines.toString());
  }

  private Set<String> column(Service service, String sql) throws SQLException {
    Set<String> values = new HashSet<>();
    try (Connection connection = connect(service);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private void count(Map<String, Long> into, Service service, String sql) throws SQLException {
    try (Connection connection = connect(service);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        into.put(rows.getString(1), rows.getLong(2));
      }
    }
  }

  /** As the workers of the services, who see all businesses. */
  private Connection connect(Service service) throws SQLException {
    ServiceDatabase database = system.database(service);
    Login login = database.worker();
    return DriverManager.getConnection(database.url(), login.user(), login.password());
  }
}
