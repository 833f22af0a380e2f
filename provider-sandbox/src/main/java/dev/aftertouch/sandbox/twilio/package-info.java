/** Twilio's message API, its status callbacks, incoming texts and opt-outs. */
@NullMarked
package dev.aftertouch.sandbox.twilio;

import org.jspecify.annotations.NullMarked;
