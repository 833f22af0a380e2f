/** An SMTP relay whose mail lands in the same inbox. */
@NullMarked
package dev.aftertouch.sandbox.smtp;

import org.jspecify.annotations.NullMarked;
