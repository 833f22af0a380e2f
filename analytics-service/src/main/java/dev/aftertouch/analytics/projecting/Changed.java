package dev.aftertouch.analytics.projecting;

import org.jspecify.annotations.Nullable;

/**
 * A row before and after a statement.
 *
 * @param before null when the row is new
 */
record Changed<T>(@Nullable T before, T after) {}
