@NullMarked
package dev.aftertouch.dispatch.consenting;

import org.jspecify.annotations.NullMarked;
