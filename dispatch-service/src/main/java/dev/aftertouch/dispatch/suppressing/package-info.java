/**
 * Standing reasons not to send: suppressed addresses and stopped enrollments, and how a stop beats
 * the gate.
 */
@NullMarked
package dev.aftertouch.dispatch.suppressing;

import org.jspecify.annotations.NullMarked;
