/** Asks providers what became of doubtful attempts, and which texts never reached us. */
@NullMarked
package dev.aftertouch.dispatch.reconciling;

import org.jspecify.annotations.NullMarked;
