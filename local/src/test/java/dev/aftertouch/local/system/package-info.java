@NullMarked
package dev.aftertouch.local.system;

import org.jspecify.annotations.NullMarked;
