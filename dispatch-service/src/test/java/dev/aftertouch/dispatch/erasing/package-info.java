@NullMarked
package dev.aftertouch.dispatch.erasing;

import org.jspecify.annotations.NullMarked;
