/** What happened to an enrollment, in words: sentences for owners and staff, from facts alone. */
@NullMarked
package dev.aftertouch.engine.story;

import org.jspecify.annotations.NullMarked;
