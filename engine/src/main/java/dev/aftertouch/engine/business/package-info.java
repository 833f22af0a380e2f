@NullMarked
package dev.aftertouch.engine.business;

import org.jspecify.annotations.NullMarked;
