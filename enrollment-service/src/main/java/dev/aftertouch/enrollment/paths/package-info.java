@NullMarked
package dev.aftertouch.enrollment.paths;

import org.jspecify.annotations.NullMarked;
