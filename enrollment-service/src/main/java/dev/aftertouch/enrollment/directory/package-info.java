@NullMarked
package dev.aftertouch.enrollment.directory;

import org.jspecify.annotations.NullMarked;
