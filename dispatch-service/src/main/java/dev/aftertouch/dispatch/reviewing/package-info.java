/** Texts that may be opt-outs: they wait for a person, and everything to their sender with them. */
@NullMarked
package dev.aftertouch.dispatch.reviewing;

import org.jspecify.annotations.NullMarked;
