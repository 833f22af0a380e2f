/** The edge of the system: routes, sign-in and the checks that every request passes first. */
@NullMarked
package dev.aftertouch.gateway;

import org.jspecify.annotations.NullMarked;
