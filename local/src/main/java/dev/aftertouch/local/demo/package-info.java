/**
 * {@code ./aftertouch demo}: the life of a campaign on the running system, with customers that act
 * as people do. It speaks to the system from outside only, through the gateway and the sandbox.
 */
@NullMarked
package dev.aftertouch.local.demo;

import org.jspecify.annotations.NullMarked;
