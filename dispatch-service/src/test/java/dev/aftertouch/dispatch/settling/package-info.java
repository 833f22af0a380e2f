@NullMarked
package dev.aftertouch.dispatch.settling;

import org.jspecify.annotations.NullMarked;
