@NullMarked
package dev.aftertouch.service.ground;

import org.jspecify.annotations.NullMarked;
