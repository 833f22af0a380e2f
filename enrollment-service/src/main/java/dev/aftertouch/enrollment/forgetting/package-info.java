/** How long what is kept. */
@NullMarked
package dev.aftertouch.enrollment.forgetting;

import org.jspecify.annotations.NullMarked;
