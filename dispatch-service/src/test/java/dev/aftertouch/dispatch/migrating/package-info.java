@NullMarked
package dev.aftertouch.dispatch.migrating;

import org.jspecify.annotations.NullMarked;
