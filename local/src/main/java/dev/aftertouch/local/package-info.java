/** The whole system on one machine, and the command that runs it. */
@NullMarked
package dev.aftertouch.local;

import org.jspecify.annotations.NullMarked;
