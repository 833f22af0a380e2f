@NullMarked
package dev.aftertouch.service.background;

import org.jspecify.annotations.NullMarked;
