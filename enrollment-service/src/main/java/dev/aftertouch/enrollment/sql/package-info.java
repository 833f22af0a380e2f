@NullMarked
package dev.aftertouch.enrollment.sql;

import org.jspecify.annotations.NullMarked;
