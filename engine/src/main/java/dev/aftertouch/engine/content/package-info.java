@NullMarked
package dev.aftertouch.engine.content;

import org.jspecify.annotations.NullMarked;
