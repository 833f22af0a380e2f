@NullMarked
package dev.aftertouch.enrollment.stopping;

import org.jspecify.annotations.NullMarked;
