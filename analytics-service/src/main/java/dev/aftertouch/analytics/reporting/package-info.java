/** What the projections tell: as JSON, as CSV, and through the same views in SQL. */
@NullMarked
package dev.aftertouch.analytics.reporting;

import org.jspecify.annotations.NullMarked;
