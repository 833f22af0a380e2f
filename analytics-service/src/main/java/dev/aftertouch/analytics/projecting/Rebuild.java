package dev.aftertouch.analytics.projecting;

import dev.aftertouch.service.tenancy.Tenancy;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Empties the projections at the start when {@code aftertouch.analytics.rebuild} says so; the
 * listener then reads every topic from its beginning. Figures grow back while it reads.
 */
@Component("rebuild")
class Rebuild {
  private static final Logger log = LoggerFactory.getLogger(Rebuild.class);

  /** After the migrations, which is why it asks for Flyway. */
  Rebuild(AnalyticsProperties properties, Tenancy tenancy, JdbcClient jdbc, Flyway migrated) {
    if (properties.rebuild()) {
      tenancy.asWorker(
          () ->
              jdbc.sql(
                      """
                      TRUNCATE consumed, businesses, campaigns, enrollments, touches, refusals, touch_counts,
                               enrollment_counts, activities, timeline, erased_enrollments
                      """)
                  .update());
      log.info("The projections are empty and will be rebuilt from the log");
    }
  }
}
