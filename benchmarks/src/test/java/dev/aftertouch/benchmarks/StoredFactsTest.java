package dev.aftertouch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.local.infrastructure.ServiceDatabase;
import dev.aftertouch.local.infrastructure.SharedInfrastructure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoredFactsTest {
  private static final String FIRST = FinishedTouches.enrollment(0).toString();
  private static final String SECOND = FinishedTouches.enrollment(1).toString();
  private static final String BUSINESS = FinishedTouches.ASKED.toString();

  private Connection connection;

  @BeforeEach
  void foldsTwoEnrollments() throws SQLException {
    ServiceDatabase database = SharedInfrastructure.get().createDatabase("analytics");
    connection =
        DriverManager.getConnection(
            database.url(), database.owner().user(), database.owner().password());
    execute(
        """
        CREATE TABLE enrollments (business_id uuid, enrollment_id uuid, campaign_id uuid, PRIMARY KEY (business_id, enrollment_id));
        CREATE TABLE touches (business_id uuid, enrollment_id uuid, number int, twice int GENERATED ALWAYS AS (2 * number) STORED);
        CREATE TABLE timeline (business_id uuid, enrollment_id uuid, kind text);
        CREATE TABLE touch_counts (count bigint);
        CREATE TABLE enrollment_counts (count bigint);
        CREATE TABLE activities (quarter timestamptz, sent bigint, opened bigint);
        INSERT INTO touch_counts VALUES (3), (4);
        INSERT INTO activities VALUES ('2026-03-02T12:00:00Z', 5, 0);
        """);
    for (String enrollment : List.of(FIRST, SECOND)) {
      execute(
          """
          INSERT INTO enrollments VALUES ('%1$s', '%2$s', '00000000-0000-0000-0000-000000000002');
          INSERT INTO touches (business_id, enrollment_id, number) VALUES ('%1$s', '%2$s', 1), ('%1$s', '%2$s', 2);
          INSERT INTO timeline VALUES ('%1$s', '%2$s', 'of %2$s');
          """
              .formatted(BUSINESS, enrollment));
    }
  }

  @AfterEach
  void closesTheConnection() throws SQLException {
    connection.close();
  }

  @Test
  void numbersTheCopiesOnAndLeavesTheOtherColumnsAsTheyWere() throws SQLException {
    StoredFacts.multiply(connection, 2, 2);

    assertThat(texts("SELECT enrollment_id || ' ' || kind FROM timeline ORDER BY enrollment_id"))
        .containsExactly(
            FIRST + " of " + FIRST,
            SECOND + " of " + SECOND,
            FinishedTouches.enrollment(2) + " of " + FIRST,
            FinishedTouches.enrollment(3) + " of " + SECOND,
            FinishedTouches.enrollment(4) + " of " + FIRST,
            FinishedTouches.enrollment(5) + " of " + SECOND);
  }

  @Test
  void copiesAllRowsOfAnEnrollmentAndMultipliesWhatIsCounted() throws SQLException {
    StoredFacts.multiply(connection, 2, 2);

    assertThat(texts("SELECT count(*) || ' ' || sum(twice) FROM touches")).containsExactly("12 36");
    assertThat(texts("SELECT count(*)::text FROM enrollments")).containsExactly("6");
    assertThat(texts("SELECT count::text FROM touch_counts")).containsExactlyInAnyOrder("9", "12");
    assertThat(texts("SELECT sent || ' ' || opened FROM activities")).containsExactly("15 0");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> texts(String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
