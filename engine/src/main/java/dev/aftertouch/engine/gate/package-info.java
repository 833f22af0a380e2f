@NullMarked
package dev.aftertouch.engine.gate;

import org.jspecify.annotations.NullMarked;
