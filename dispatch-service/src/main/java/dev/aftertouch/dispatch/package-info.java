/** What may leave now: the gate, the providers, what comes back, suppression and consent. */
@NullMarked
package dev.aftertouch.dispatch;

import org.jspecify.annotations.NullMarked;
