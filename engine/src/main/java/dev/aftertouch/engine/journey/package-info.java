@NullMarked
package dev.aftertouch.engine.journey;

import org.jspecify.annotations.NullMarked;
