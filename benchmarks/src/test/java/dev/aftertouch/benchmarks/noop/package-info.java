@NullMarked
package dev.aftertouch.benchmarks.noop;

import org.jspecify.annotations.NullMarked;
