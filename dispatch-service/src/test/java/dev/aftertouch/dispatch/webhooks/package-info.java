@NullMarked
package dev.aftertouch.dispatch.webhooks;

import org.jspecify.annotations.NullMarked;
