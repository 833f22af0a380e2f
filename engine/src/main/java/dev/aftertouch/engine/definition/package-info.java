@NullMarked
package dev.aftertouch.engine.definition;

import org.jspecify.annotations.NullMarked;
