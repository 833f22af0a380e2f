package dev.aftertouch.service.tenancy;

import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The only way to the database. Work runs in one transaction (READ COMMITTED) of the right role;
 * SQL outside fails. A nested call of the same scope joins the transaction, of another scope fails.
 */
public final class Tenancy {
  private final TransactionTemplate transactions;
  private final JdbcTemplate jdbc;

  Tenancy(PlatformTransactionManager transactionManager, JdbcTemplate jdbc) {
    this.transactions = new TransactionTemplate(transactionManager);
    this.jdbc = jdbc;
  }

  /** Runs the work for one business: row-level security hides the rows of all others. */
  public <T extends @Nullable Object> T asBusiness(UUID business, Supplier<T> work) {
    return in(new Scope.Business(business), work);
  }

  /** Runs the work for one business, without a result. */
  public void asBusiness(UUID business, Runnable work) {
    this.<@Nullable Void>in(new Scope.Business(business), () -> run(work));
  }

  /** Runs the work for all businesses, as the worker role with its narrow policies. */
  public <T extends @Nullable Object> T asWorker(Supplier<T> work) {
    return in(new Scope.Worker(), work);
  }

  /** Runs the work for all businesses, without a result. */
  public void asWorker(Runnable work) {
    this.<@Nullable Void>in(new Scope.Worker(), () -> run(work));
  }

  private static @Nullable Void run(Runnable work) {
    work.run();
    return null;
  }

  @SuppressWarnings(
      "NullAway") // TransactionTemplate hands the supplier's own result through, null included
  private <T extends @Nullable Object> T in(Scope scope, Supplier<T> work) {
    Scope outer = Scope.CURRENT.get();
    if (outer != null) {
      if (!outer.equals(scope)) {
        throw new IllegalStateException("A transaction for " + outer + " cannot work for " + scope);
      }
      return work.get();
    }
    Scope.CURRENT.set(scope);
    try {
      return transactions.execute(
          status -> {
            if (scope instanceof Scope.Business business) {
              jdbc.queryForObject(
                  "SELECT set_config('app.business_id', ?, true)",
                  String.class,
                  business.id().toString());
            }
            return work.get();
          });
    } finally {
      Scope.CURRENT.remove();
    }
  }
}
