@NullMarked
package dev.aftertouch.local;

import org.jspecify.annotations.NullMarked;
