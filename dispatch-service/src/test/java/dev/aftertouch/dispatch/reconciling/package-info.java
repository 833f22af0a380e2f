@NullMarked
package dev.aftertouch.dispatch.reconciling;

import org.jspecify.annotations.NullMarked;
