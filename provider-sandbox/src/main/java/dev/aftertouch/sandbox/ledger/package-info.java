/** The append-only record of everything that was handed over. */
@NullMarked
package dev.aftertouch.sandbox.ledger;

import org.jspecify.annotations.NullMarked;
