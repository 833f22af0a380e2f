package dev.aftertouch.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftertouch.analytics.projecting.FactsFolder;
import dev.aftertouch.facts.CustomerDataErased;
import dev.aftertouch.local.testing.RowLevelSecurity;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class IsolationTest extends RunningAnalytics {
  private final UUID victim = UUID.randomUUID();
  private final UUID intruder = UUID.randomUUID();
  @Autowired private FactsFolder folder;

  @BeforeEach
  void twoBusinesses() {
    folder.fold(Lives.of(31, List.of(victim, intruder), 30));
    UUID enrollment = UUID.randomUUID();
    folder.fold(
        List.of(
            new CustomerDataErased(
                victim,
                UUID.randomUUID(),
                "enrollment-service",
                Instant.EPOCH,
                Map.of(),
                List.of(enrollment))));
  }

  @Test
  void hidesEveryTableFromOtherBusinessesForEveryVerb() throws SQLException {
    RowLevelSecurity security =
        new RowLevelSecurity(
            DATABASE.url(),
            "postgres",
            REAL.superuserPassword(),
            DATABASE.app().user(),
            DATABASE.app().password());

    assertThat(security.breaches(intruder, victim)).isEmpty();
  }

  @Test
  void showsAnalystsTheBusinessThatIsSetAndNoOther() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                DATABASE.url(), DATABASE.report().user(), DATABASE.report().password());
        Statement statement = connection.createStatement()) {
      assertThat(businesses(statement)).isEmpty();

      statement.execute("SET app.business_id = '" + victim + "'");
      assertThat(businesses(statement)).containsExactly(victim.toString());
      assertThatThrownBy(() -> statement.execute("DELETE FROM touches"))
          .hasMessageContaining("permission denied");
    }
  }

  /** As staff alone may read them: what was counted is for analysts, the story is not. */
  @Test
  void showsAnalystsWholeTouchesAndNoTimelines() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                DATABASE.url(), DATABASE.report().user(), DATABASE.report().password());
        Statement statement = connection.createStatement()) {
      statement.execute("SET app.business_id = '" + victim + "'");

      try (ResultSet sent =
          statement.executeQuery("SELECT * FROM touches WHERE sent_at IS NOT NULL")) {
        assertThat(sent.next()).isTrue();
        assertThat(sent.getString("sent_provider")).isNotNull();
      }
      for (String story : List.of("kind FROM timeline", "kind FROM timeline_lines")) {
        assertThatThrownBy(() -> statement.execute("SELECT " + story))
            .hasMessageContaining("permission denied");
      }
    }
  }

  private static List<String> businesses(Statement statement) throws SQLException {
    List<String> found = new java.util.ArrayList<>();
    for (String view :
        List.of(
            "touch_statistics",
            "skip_reasons",
            "stop_reasons",
            "refusal_reasons",
            "enrollment_statistics",
            "daily_statistics",
            "campaign_statistics")) {
      try (ResultSet rows = statement.executeQuery("SELECT DISTINCT business_id FROM " + view)) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found.stream().distinct().toList();
  }
}
