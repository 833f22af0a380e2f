@NullMarked
package dev.aftertouch.enrollment.ids;

import org.jspecify.annotations.NullMarked;
