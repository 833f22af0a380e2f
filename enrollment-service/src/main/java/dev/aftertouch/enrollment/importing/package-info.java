@NullMarked
package dev.aftertouch.enrollment.importing;

import org.jspecify.annotations.NullMarked;
