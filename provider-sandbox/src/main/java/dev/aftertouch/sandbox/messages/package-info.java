/** The messages that lie in the inbox, and what became of each. */
@NullMarked
package dev.aftertouch.sandbox.messages;

import org.jspecify.annotations.NullMarked;
