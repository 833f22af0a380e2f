@NullMarked
package dev.aftertouch.enrollment;

import org.jspecify.annotations.NullMarked;
