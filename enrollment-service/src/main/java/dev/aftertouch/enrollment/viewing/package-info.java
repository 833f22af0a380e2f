@NullMarked
package dev.aftertouch.enrollment.viewing;

import org.jspecify.annotations.NullMarked;
