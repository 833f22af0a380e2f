/** The send log: every message with campaign, enrollment, touch, channel and state. */
@NullMarked
package dev.aftertouch.dispatch.messages;

import org.jspecify.annotations.NullMarked;
