/**
 * Tracked links, the unsubscribe page and the feedback page: GET changes nothing but the raw hits.
 */
@NullMarked
package dev.aftertouch.dispatch.links;

import org.jspecify.annotations.NullMarked;
