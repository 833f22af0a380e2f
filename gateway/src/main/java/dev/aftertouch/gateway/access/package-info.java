/** Who may pass: the security filter chains and the checks of a token. */
@NullMarked
package dev.aftertouch.gateway.access;

import org.jspecify.annotations.NullMarked;
