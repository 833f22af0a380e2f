/**
 * Judges a run by its evidence alone: what was asked, what the providers' ledger holds, which stops
 * were acknowledged, what the topics and tables say at the end. Shares no code with the product:
 * the rules that it knows are written a second time here, as simply as they can be.
 */
@NullMarked
package dev.aftertouch.chaos.check;

import org.jspecify.annotations.NullMarked;
