/** How long what was told is kept. */
@NullMarked
package dev.aftertouch.analytics.forgetting;

import org.jspecify.annotations.NullMarked;
