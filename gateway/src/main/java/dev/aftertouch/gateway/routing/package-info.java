/**
 * Which request goes to which service, what is stripped on the way, and what is said when a service
 * is down.
 */
@NullMarked
package dev.aftertouch.gateway.routing;

import org.jspecify.annotations.NullMarked;
