/** Answers that say what went wrong, as RFC 9457 problem documents. */
@NullMarked
package dev.aftertouch.gateway.problems;

import org.jspecify.annotations.NullMarked;
