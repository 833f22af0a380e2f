@NullMarked
package dev.aftertouch.enrollment.isolation;

import org.jspecify.annotations.NullMarked;
