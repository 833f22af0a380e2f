@NullMarked
package dev.aftertouch.local.demo;

import org.jspecify.annotations.NullMarked;
