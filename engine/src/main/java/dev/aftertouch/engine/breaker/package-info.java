/** When a business's messages of a channel are held because too many of them are unwanted. */
@NullMarked
package dev.aftertouch.engine.breaker;

import org.jspecify.annotations.NullMarked;
