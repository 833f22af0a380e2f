@NullMarked
package dev.aftertouch.service.access;

import org.jspecify.annotations.NullMarked;
