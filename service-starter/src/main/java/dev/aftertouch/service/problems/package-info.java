@NullMarked
package dev.aftertouch.service.problems;

import org.jspecify.annotations.NullMarked;
