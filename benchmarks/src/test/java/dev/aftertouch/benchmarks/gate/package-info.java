@NullMarked
package dev.aftertouch.benchmarks.gate;

import org.jspecify.annotations.NullMarked;
