package dev.aftertouch.campaign.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftertouch.campaign.running.Api;
import dev.aftertouch.campaign.running.Definitions;
import dev.aftertouch.campaign.running.RunningService;
import dev.aftertouch.local.testing.RowLevelSecurity;
import dev.aftertouch.service.tenancy.Tenancy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** MT-D6 at the database, whatever the code above it does. */
class IsolationTest extends RunningService {
  @Autowired private Tenancy tenancy;
  @Autowired private JdbcClient jdbc;

  /** A business that has a row in every table, an earlier departure included. */
  private Api businessWithEverything(String name) {
    Api owner = newBusiness(name);
    owner.send("DELETE", "/api/business", "{\"confirm_name\": \"" + name + "\"}", null);
    businesses.create(owner.business(), name, settings());
    String template =
        owner
            .post("/api/templates", "{\"name\": \"T\", \"channel\": \"sms\", \"body\": \"B\"}")
            .id()
            .toString();
    String path =
        "/api/campaigns/"
            + owner
                .post("/api/campaigns", Definitions.textFromTemplate("C", "null", template))
                .id();
    assertThat(owner.post(path + "/activate", null).status()).isEqualTo(200);
    return owner;
  }

  @Test
  void noVerbReachesAnotherBusinesssRowsInAnyTable() throws SQLException {
    Api intruder = businessWithEverything("Intruder");
    Api victim = businessWithEverything("Victim");

    // The outbox is empty again within milliseconds; the starter's CommonGroundTest tries it.
    assertThat(check().breaches(intruder.business(), victim.business(), "outbox")).isEmpty();
  }

  private static RowLevelSecurity check() {
    return new RowLevelSecurity(
        DATABASE.url(),
        "postgres",
        REAL.superuserPassword(),
        DATABASE.app().user(),
        DATABASE.app().password());
  }

  @Test
  void everybodyReadsPresetsAndNobodyChangesThem() throws SQLException {
    Api business = newBusiness("Reader");

    int seen = asApp(business, "SELECT count(*) FROM campaigns WHERE is_preset");
    assertThat(seen).isEqualTo(3);
    assertThat(
            asApp(
                business,
                "WITH u AS (UPDATE campaigns SET name = 'mine' WHERE is_preset RETURNING 1) SELECT count(*) FROM u"))
        .isZero();
    assertThatThrownBy(
            () ->
                asApp(
                    business,
                    "WITH d AS (DELETE FROM campaigns WHERE is_preset RETURNING 1) SELECT count(*) FROM d"))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(
            () ->
                asApp(
                    business,
                    """
                    WITH i AS (
                      INSERT INTO campaigns (campaign_id, is_preset, preset_key, name, kind, enrolls_on_job, definition, status,
                                             pause_mode, created_at, updated_at)
                      VALUES (gen_random_uuid(), true, 'forged', 'Forged', 'drip', false, '{}', 'draft', 'stop', now(), now())
                      RETURNING 1)
                    SELECT count(*) FROM i
                    """))
        .hasMessageContaining("row-level security");
  }

  @Test
  void aPublishedVersionCannotBeChangedEvenByTheOwnerOfTheTables() throws SQLException {
    Api business = businessWithEverything("Immutable");

    assertThatThrownBy(
            () ->
                asApp(
                    business,
                    "WITH u AS (UPDATE campaign_versions SET version = 7 RETURNING 1) SELECT count(*) FROM u"))
        .hasMessageContaining("permission denied");
    try (Connection all =
            DriverManager.getConnection(DATABASE.url(), "postgres", REAL.superuserPassword());
        Statement statement = all.createStatement()) {
      assertThatThrownBy(
              () -> statement.executeUpdate("UPDATE campaign_versions SET definition = '{}'"))
          .hasMessageContaining("a published version never changes");
    }
  }

  @Test
  void theWorkerSeesNoCampaign() {
    businessWithEverything("Hidden");

    assertThatThrownBy(
            () ->
                tenancy.asWorker(
                    () -> jdbc.sql("SELECT count(*) FROM campaigns").query(Integer.class).single()))
        .hasStackTraceContaining("permission denied for table campaigns");
  }

  @Test
  void analystsWithSqlSeeTheirBusinessOnly() throws SQLException {
    Api one = businessWithEverything("One");
    businessWithEverything("Two");
    try (Connection report =
            DriverManager.getConnection(
                DATABASE.url(), DATABASE.report().user(), DATABASE.report().password());
        Statement statement = report.createStatement()) {
      statement.execute("SELECT set_config('app.business_id', '" + one.business() + "', false)");

      assertThat(first(statement, "SELECT count(*) FROM businesses")).isEqualTo(1);
      assertThat(first(statement, "SELECT count(*) FROM campaigns WHERE NOT is_preset"))
          .isEqualTo(1);
      assertThat(first(statement, "SELECT count(DISTINCT business_id) FROM campaign_versions"))
          .isEqualTo(1);
    }
  }

  private static int asApp(Api business, String sql) throws SQLException {
    try (Connection app =
            DriverManager.getConnection(
                DATABASE.url(), DATABASE.app().user(), DATABASE.app().password());
        Statement statement = app.createStatement()) {
      app.setAutoCommit(false);
      statement.execute(
          "SELECT set_config('app.business_id', '" + business.business() + "', true)");
      return first(statement, sql);
    }
  }

  private static int first(Statement statement, String sql) throws SQLException {
    try (var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
