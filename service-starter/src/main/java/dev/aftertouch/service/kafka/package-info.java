@NullMarked
package dev.aftertouch.service.kafka;

import org.jspecify.annotations.NullMarked;
