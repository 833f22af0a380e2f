@NullMarked
package dev.aftertouch.dispatch.law;

import org.jspecify.annotations.NullMarked;
