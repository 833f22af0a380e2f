@NullMarked
package dev.aftertouch.benchmarks;

import org.jspecify.annotations.NullMarked;
