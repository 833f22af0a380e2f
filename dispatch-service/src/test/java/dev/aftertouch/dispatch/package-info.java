@NullMarked
package dev.aftertouch.dispatch;

import org.jspecify.annotations.NullMarked;
