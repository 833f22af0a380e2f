/**
 * The whole system as child processes of this JVM: what {@code ./aftertouch up} runs, and what
 * system tests and benchmarks start on free ports.
 */
@NullMarked
package dev.aftertouch.local.system;

import org.jspecify.annotations.NullMarked;
