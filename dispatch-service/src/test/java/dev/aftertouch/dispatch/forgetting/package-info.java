@NullMarked
package dev.aftertouch.dispatch.forgetting;

import org.jspecify.annotations.NullMarked;
