/**
 * Proofs on the real system: every service a process of its own, real servers, the sandbox as
 * provider, a controlled clock.
 */
@NullMarked
package dev.aftertouch.system;

import org.jspecify.annotations.NullMarked;
