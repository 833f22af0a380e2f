@NullMarked
package dev.aftertouch.chaos;

import org.jspecify.annotations.NullMarked;
