package dev.aftertouch.service.tenancy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;
import org.springframework.transaction.PlatformTransactionManager;

/** The routing data source, the migrations as owner, and the self-test of isolation. */
@AutoConfiguration(
    beforeName = {
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
      "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
    })
@ConditionalOnProperty("aftertouch.database.url")
@EnableConfigurationProperties(DatabaseProperties.class)
public final class TenancyAutoConfiguration {
  /** Longer than any statement of ours: all rows of a large business that left. */
  private static final int SILENCE_SECONDS = 600;

  /** PostgreSQL's manual, appendix A. */
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  @Bean(defaultCandidate = false)
  HikariDataSource appPool(DatabaseProperties database) {
    return pool(database, database.app(), database.pools().app(), "app");
  }

  @Bean(defaultCandidate = false)
  HikariDataSource workerPool(DatabaseProperties database) {
    return pool(database, database.worker(), database.pools().worker(), "worker");
  }

  private static HikariDataSource pool(
      DatabaseProperties database, DatabaseProperties.Login login, int size, String name) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(database.url());
    config.setUsername(login.user());
    config.setPassword(login.password());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setAutoCommit(false);
    // Migrations come first: the pool connects when it is first asked.
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    // Beyond what the driver sends in binary form by itself: dev.aftertouch.service.sql.Columns.
    config.addDataSourceProperty(
        "binaryTransferEnable",
        "UUID_ARRAY,TIMESTAMPTZ_ARRAY,BYTEA_ARRAY,BOOL_ARRAY,NUMERIC_ARRAY");
    config.addDataSourceProperty("ApplicationName", login.user());
    // Nobody waits for ever on a connection whose other end has vanished.
    config.addDataSourceProperty("socketTimeout", SILENCE_SECONDS);
    return new HikariDataSource(config);
  }

  @Bean
  @Primary
  DataSource dataSource(
      @Qualifier("appPool") HikariDataSource app,
      @Qualifier("workerPool") HikariDataSource worker) {
    ScopedDataSource scoped = new ScopedDataSource();
    scoped.setTargetDataSources(
        Map.of(ScopedDataSource.Role.APP, app, ScopedDataSource.Role.WORKER, worker));
    return scoped;
  }

  /** As is standard by SQL state, and with a lock that was held too long, which is not in there. */
  @Bean
  SQLExceptionTranslator refusals() {
    SQLStateSQLExceptionTranslator translator = new SQLStateSQLExceptionTranslator();
    translator.setCustomTranslator(
        (task, sql, refusal) ->
            LOCK_NOT_AVAILABLE.equals(refusal.getSQLState())
                ? new CannotAcquireLockException(task, refusal)
                : null);
    return translator;
  }

  @Bean(defaultCandidate = false)
  @FlywayDataSource
  DataSource migrationDataSource(DatabaseProperties database) {
    return new SimpleDriverDataSource(
        new org.postgresql.Driver(),
        database.url(),
        database.owner().user(),
        database.owner().password());
  }

  @Bean
  FlywayConfigurationCustomizer migrationPlaceholders(DatabaseProperties database) {
    return flyway ->
        flyway.placeholders(
            Map.of(
                "owner", database.owner().user(),
                "app", database.app().user(),
                "worker", database.worker().user(),
                "report", database.report().user()));
  }

  @Bean
  Tenancy tenancy(PlatformTransactionManager transactionManager, JdbcTemplate jdbcTemplate) {
    return new Tenancy(transactionManager, jdbcTemplate);
  }

  /** After the migrations, which is why it asks for Flyway. */
  @Bean
  IsolationSelfTest isolationSelfTest(
      @Qualifier("appPool") HikariDataSource app,
      @Qualifier("workerPool") HikariDataSource worker,
      Flyway migrated) {
    return new IsolationSelfTest(List.of(app, worker));
  }

  @Bean
  HealthIndicator databaseHealthIndicator(Tenancy tenancy, JdbcTemplate jdbcTemplate) {
    return () -> {
      tenancy.asWorker(() -> jdbcTemplate.queryForObject("SELECT 1", Integer.class));
      return Health.up().build();
    };
  }
}
