@NullMarked
package dev.aftertouch.dispatch.messages;

import org.jspecify.annotations.NullMarked;
