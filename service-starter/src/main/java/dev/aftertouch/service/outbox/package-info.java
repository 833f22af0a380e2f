@NullMarked
package dev.aftertouch.service.outbox;

import org.jspecify.annotations.NullMarked;
