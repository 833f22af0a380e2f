/** Tells what happened to one enrollment, in order and in words. Reads only. */
@NullMarked
package dev.aftertouch.analytics.telling;

import org.jspecify.annotations.NullMarked;
