/** Delivers signed webhooks beside the sending path, and tries again as the originals do. */
@NullMarked
package dev.aftertouch.sandbox.webhooks;

import org.jspecify.annotations.NullMarked;
