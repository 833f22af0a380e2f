/** Writes down how hand-overs ended, and ends those that a crash left open. */
@NullMarked
package dev.aftertouch.dispatch.settling;

import org.jspecify.annotations.NullMarked;
