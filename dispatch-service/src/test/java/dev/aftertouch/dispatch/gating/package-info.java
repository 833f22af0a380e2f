@NullMarked
package dev.aftertouch.dispatch.gating;

import org.jspecify.annotations.NullMarked;
