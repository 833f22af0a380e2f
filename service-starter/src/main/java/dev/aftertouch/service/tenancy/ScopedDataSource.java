package dev.aftertouch.service.tenancy;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * Hands out a connection of the role that the current scope calls for, and none at all outside a
 * scope.
 */
final class ScopedDataSource extends AbstractRoutingDataSource {
  enum Role {
    APP,
    WORKER
  }

  @Override
  protected @Nullable Object determineCurrentLookupKey() {
    Scope scope = Scope.CURRENT.get();
    if (scope == null) {
      throw new IllegalStateException(
          "SQL outside a scope: wrap it in Tenancy.asBusiness or Tenancy.asWorker");
    }
    return switch (scope) {
      case Scope.Business ignored -> Role.APP;
      case Scope.Worker ignored -> Role.WORKER;
    };
  }
}
