@NullMarked
package dev.aftertouch.chaos.check;

import org.jspecify.annotations.NullMarked;
