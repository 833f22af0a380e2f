/** The page and the JSON API on which a person or a test plays the customer. */
@NullMarked
package dev.aftertouch.sandbox.inbox;

import org.jspecify.annotations.NullMarked;
