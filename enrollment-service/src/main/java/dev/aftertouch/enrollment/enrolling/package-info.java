@NullMarked
package dev.aftertouch.enrollment.enrolling;

import org.jspecify.annotations.NullMarked;
