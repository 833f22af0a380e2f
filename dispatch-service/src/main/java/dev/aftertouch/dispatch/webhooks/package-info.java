/** What providers and customers send back: verified, stored, committed, then acknowledged. */
@NullMarked
package dev.aftertouch.dispatch.webhooks;

import org.jspecify.annotations.NullMarked;
