/** The HTTP front door: requests in, replies out, in order, without a thread per connection. */
@NullMarked
package dev.aftertouch.sandbox.http;

import org.jspecify.annotations.NullMarked;
