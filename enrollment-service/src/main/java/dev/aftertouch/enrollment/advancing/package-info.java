@NullMarked
package dev.aftertouch.enrollment.advancing;

import org.jspecify.annotations.NullMarked;
