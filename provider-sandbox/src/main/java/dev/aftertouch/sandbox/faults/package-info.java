/** Faults on demand: what a provider does on a bad day. */
@NullMarked
package dev.aftertouch.sandbox.faults;

import org.jspecify.annotations.NullMarked;
