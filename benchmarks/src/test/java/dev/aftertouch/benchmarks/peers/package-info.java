@NullMarked
package dev.aftertouch.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
