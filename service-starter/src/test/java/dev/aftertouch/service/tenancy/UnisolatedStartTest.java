package dev.aftertouch.service.tenancy;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.aftertouch.local.infrastructure.Infrastructure;
import dev.aftertouch.local.infrastructure.ServiceDatabase;
import dev.aftertouch.local.infrastructure.SharedInfrastructure;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.Driver;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** What keeps a service from starting. */
class UnisolatedStartTest {
  private static final Infrastructure REAL = SharedInfrastructure.get();
  private static final String ISOLATED =
      """
      CREATE TABLE visits (business_id uuid NOT NULL);
      ALTER TABLE visits ENABLE ROW LEVEL SECURITY;
      ALTER TABLE visits FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON visits AS RESTRICTIVE
        USING (business_id = nullif(current_setting('app.business_id', true), '')::uuid);
      """;

  private final ServiceDatabase database = REAL.createDatabase("campaign");
  private final DataSource owner = login(database.owner().user(), database.owner().password());
  private final DataSource app = login(database.app().user(), database.app().password());

  @Test
  void letsIsolatedBusinessesBe() {
    new JdbcTemplate(owner).execute(ISOLATED);

    assertThatCode(() -> start(app)).doesNotThrowAnyException();
  }

  @Test
  void refusesATableWithoutRowSecurityItsForceOrItsRestrictivePolicy() {
    for (String step :
        List.of(
            "ALTER TABLE visits DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE visits NO FORCE ROW LEVEL SECURITY",
            "DROP POLICY tenant ON visits")) {
      new JdbcTemplate(owner).execute("DROP TABLE IF EXISTS visits;" + ISOLATED + step);

      assertThatIllegalStateException()
          .as(step)
          .isThrownBy(() -> start(app))
          .withMessageContaining("table visits lacks ENABLE or FORCE ROW LEVEL SECURITY");
    }
  }

  @Test
  void refusesARoleThatOwnsATableOrBypassesItsPolicies() {
    new JdbcTemplate(owner).execute(ISOLATED);

    assertThatIllegalStateException()
        .isThrownBy(() -> start(app, owner))
        .withMessageContaining("owns table visits");
    assertThatIllegalStateException()
        .isThrownBy(() -> start(login("postgres", REAL.superuserPassword())))
        .withMessageContaining("role postgres is superuser or bypasses row-level security");
  }

  private static void start(DataSource... pools) throws Exception {
    new IsolationSelfTest(List.of(pools)).afterPropertiesSet();
  }

  private DataSource login(String user, String password) {
    return new SimpleDriverDataSource(new Driver(), database.url(), user, password);
  }
}
