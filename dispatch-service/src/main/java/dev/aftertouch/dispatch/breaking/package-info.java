/** Holds a business's channel while too many of its messages are unwanted. */
@NullMarked
package dev.aftertouch.dispatch.breaking;

import org.jspecify.annotations.NullMarked;
