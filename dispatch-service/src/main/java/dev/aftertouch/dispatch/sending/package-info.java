/** Hands messages to providers. The only package that calls them. */
@NullMarked
package dev.aftertouch.dispatch.sending;

import org.jspecify.annotations.NullMarked;
