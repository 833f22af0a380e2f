@NullMarked
package dev.aftertouch.dispatch.replicas;

import org.jspecify.annotations.NullMarked;
