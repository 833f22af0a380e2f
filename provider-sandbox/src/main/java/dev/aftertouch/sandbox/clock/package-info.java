/** The one clock of the running system, as a file that all processes read. */
@NullMarked
package dev.aftertouch.sandbox.clock;

import org.jspecify.annotations.NullMarked;
