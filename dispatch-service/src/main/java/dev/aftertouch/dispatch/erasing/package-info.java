/** A customer's data: what is kept here, and the end of it. */
@NullMarked
package dev.aftertouch.dispatch.erasing;

import org.jspecify.annotations.NullMarked;
