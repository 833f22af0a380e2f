/** Resend's e-mail API and its webhooks. */
@NullMarked
package dev.aftertouch.sandbox.resend;

import org.jspecify.annotations.NullMarked;
