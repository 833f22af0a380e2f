/** A customer's data: what is kept, and the end of it. */
@NullMarked
package dev.aftertouch.enrollment.erasing;

import org.jspecify.annotations.NullMarked;
