@NullMarked
package dev.aftertouch.service.time;

import org.jspecify.annotations.NullMarked;
