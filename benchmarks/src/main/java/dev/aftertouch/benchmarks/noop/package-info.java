/** What {@code bench peers} puts into enrollment-service in place of Kafka, and nothing else. */
@NullMarked
package dev.aftertouch.benchmarks.noop;

import org.jspecify.annotations.NullMarked;
