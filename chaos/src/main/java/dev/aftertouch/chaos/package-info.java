/**
 * A run of the real system under seeded faults: kill -9, frozen processes, restarts of broker and
 * database, a faulty network to the providers, providers that fail, and customers who stop. What
 * was asked and what came of it is written down as evidence for {@code check}.
 */
@NullMarked
package dev.aftertouch.chaos;

import org.jspecify.annotations.NullMarked;
