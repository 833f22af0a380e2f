/**
 * How fast it is: touches per second sustained, lateness, CPU, rows and lags. Figures, never
 * assertions of time.
 */
@NullMarked
package dev.aftertouch.benchmarks;

import org.jspecify.annotations.NullMarked;
