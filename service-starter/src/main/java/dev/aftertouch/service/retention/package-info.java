/** Removes what has been kept long enough, in small steps that nobody notices. */
@NullMarked
package dev.aftertouch.service.retention;

import org.jspecify.annotations.NullMarked;
