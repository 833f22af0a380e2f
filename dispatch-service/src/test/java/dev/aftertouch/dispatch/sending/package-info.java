@NullMarked
package dev.aftertouch.dispatch.sending;

import org.jspecify.annotations.NullMarked;
