/** How long what is kept. */
@NullMarked
package dev.aftertouch.dispatch.forgetting;

import org.jspecify.annotations.NullMarked;
