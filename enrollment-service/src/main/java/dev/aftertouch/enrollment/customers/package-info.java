@NullMarked
package dev.aftertouch.enrollment.customers;

import org.jspecify.annotations.NullMarked;
