@NullMarked
package dev.aftertouch.enrollment.migrating;

import org.jspecify.annotations.NullMarked;
