@NullMarked
package dev.aftertouch.local.process;

import org.jspecify.annotations.NullMarked;
