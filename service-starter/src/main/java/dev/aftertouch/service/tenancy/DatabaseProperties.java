package dev.aftertouch.service.tenancy;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The service's database and its roles. The owner runs the migrations and nothing else; the
 * application works as {@code app} (one business at a time) or {@code worker} (all businesses,
 * narrow policies); {@code report} is for analysts.
 */
@ConfigurationProperties("aftertouch.database")
public record DatabaseProperties(
    String url, Login owner, Login app, Login worker, Login report, @DefaultValue Pools pools) {

  /** A database role that can log in. */
  public record Login(String user, @DefaultValue("") String password) {}

  /** Most connections of each pool. */
  public record Pools(@DefaultValue("4") int app, @DefaultValue("8") int worker) {}
}
