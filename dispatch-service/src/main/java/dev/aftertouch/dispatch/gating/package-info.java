/** May this touch leave now? One transaction per batch: check, decide, freeze, claim. */
@NullMarked
package dev.aftertouch.dispatch.gating;

import org.jspecify.annotations.NullMarked;
