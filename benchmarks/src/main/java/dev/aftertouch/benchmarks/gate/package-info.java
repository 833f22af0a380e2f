/** How many decisions a second the pure rules make: no database, no broker, one thread. */
@NullMarked
package dev.aftertouch.benchmarks.gate;

import org.jspecify.annotations.NullMarked;
