/** One class per command of {@code ./aftertouch}. */
@NullMarked
package dev.aftertouch.local.commands;

import org.jspecify.annotations.NullMarked;
