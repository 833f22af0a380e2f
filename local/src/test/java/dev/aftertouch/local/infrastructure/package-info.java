@NullMarked
package dev.aftertouch.local.infrastructure;

import org.jspecify.annotations.NullMarked;
