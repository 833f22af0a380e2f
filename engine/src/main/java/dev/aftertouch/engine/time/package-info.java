@NullMarked
package dev.aftertouch.engine.time;

import org.jspecify.annotations.NullMarked;
