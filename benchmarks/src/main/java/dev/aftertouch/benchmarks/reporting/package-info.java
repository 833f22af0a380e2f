/** How every benchmark tells its figures, and what they hold for. */
@NullMarked
package dev.aftertouch.benchmarks.reporting;

import org.jspecify.annotations.NullMarked;
