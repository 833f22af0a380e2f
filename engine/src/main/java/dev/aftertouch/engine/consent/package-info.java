/**
 * Permission and objection: the ledger's chain of hashes, what an opt-out of one purpose or of all
 * stands against, and how the ledger is told in words.
 */
@NullMarked
package dev.aftertouch.engine.consent;

import org.jspecify.annotations.NullMarked;
