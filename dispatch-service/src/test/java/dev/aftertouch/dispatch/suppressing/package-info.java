@NullMarked
package dev.aftertouch.dispatch.suppressing;

import org.jspecify.annotations.NullMarked;
