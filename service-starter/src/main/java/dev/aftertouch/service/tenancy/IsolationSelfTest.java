package dev.aftertouch.service.tenancy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;

/**
 * Refuses to start the service when a business could see another's rows: the role is superuser,
 * bypasses row-level security or owns a table; or a table with a business lacks ENABLE, FORCE or
 * the restrictive tenant policy.
 */
final class IsolationSelfTest implements InitializingBean {
  private final List<DataSource> pools;

  IsolationSelfTest(List<DataSource> pools) {
    this.pools = pools;
  }

  @Override
  public void afterPropertiesSet() throws SQLException {
    List<String> faults = new ArrayList<>();
    for (DataSource pool : pools) {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        faults.addAll(strings(statement, ROLE_FAULTS));
        faults.addAll(strings(statement, TABLE_FAULTS));
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalStateException(
          "Businesses are not isolated, so this service does not start: "
              + String.join("; ", faults.stream().distinct().toList()));
    }
  }

  private static List<String> strings(Statement statement, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private static final String ROLE_FAULTS =
      """
      SELECT 'role ' || rolname || ' is superuser or bypasses row-level security'
      FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)
      UNION ALL
      SELECT 'role ' || current_user || ' owns table ' || c.relname
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND pg_get_userbyid(c.relowner) = current_user
      """;

  private static final String TABLE_FAULTS =
      """
      SELECT 'table ' || c.relname || ' lacks ENABLE or FORCE ROW LEVEL SECURITY or a restrictive tenant policy'
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'business_id' AND NOT a.attisdropped
      WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
        AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
          SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive))
      """;
}
