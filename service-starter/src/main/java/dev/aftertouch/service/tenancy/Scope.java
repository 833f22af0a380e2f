package dev.aftertouch.service.tenancy;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** On whose behalf the current thread works with the database. */
sealed interface Scope {
  ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

  /** One business: row-level security hides everything else. */
  record Business(UUID id) implements Scope {}

  /** All businesses, with what the worker's narrow policies allow. */
  record Worker() implements Scope {}
}
