package dev.aftertouch.enrollment.directory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps those who enroll apart from those who change what may be enrolled in. Enrolling is frequent
 * and shares the lock, and no row is written for it; a campaign's new standing and a business that
 * leaves are rare, wait for all who hold it, and hold up those who come after. Whoever takes it
 * does so first in the transaction, so that what is read afterwards holds until the end.
 */
@Repository
class DirectoryLock {
  private static final int OF_DIRECTORY = 8102;

  private final JdbcClient jdbc;

  DirectoryLock(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void share() {
    take("SELECT pg_advisory_xact_lock_shared(:lock, 0)");
  }

  void exclude() {
    take("SELECT pg_advisory_xact_lock(:lock, 0)");
  }

  private void take(String sql) {
    jdbc.sql(sql).param("lock", OF_DIRECTORY).query(row -> {});
  }
}
