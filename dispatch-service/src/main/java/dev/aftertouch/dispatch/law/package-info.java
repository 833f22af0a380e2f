/** The rules of law that the gate asks, for people to read. */
@NullMarked
package dev.aftertouch.dispatch.law;

import org.jspecify.annotations.NullMarked;
