/** The page at the root: what this is and where things are. */
@NullMarked
package dev.aftertouch.gateway.landing;

import org.jspecify.annotations.NullMarked;
