@NullMarked
package dev.aftertouch.enrollment.announcing;

import org.jspecify.annotations.NullMarked;
