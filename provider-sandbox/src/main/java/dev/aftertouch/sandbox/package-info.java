/**
 * Stands in for Resend, Twilio and an SMTP relay on one machine, and remembers what it was asked.
 */
@NullMarked
package dev.aftertouch.sandbox;

import org.jspecify.annotations.NullMarked;
