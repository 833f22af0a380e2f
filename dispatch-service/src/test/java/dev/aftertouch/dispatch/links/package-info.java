@NullMarked
package dev.aftertouch.dispatch.links;

import org.jspecify.annotations.NullMarked;
