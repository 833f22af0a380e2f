/**
 * Folds facts into rows and counts.
 *
 * <p><b>Each fact counts once.</b> A fact first changes the row of its touch or enrollment, which
 * keeps the earliest time of each thing that happened: a repeat changes nothing. What a row
 * contributes to the counts is a function of the row alone, so that the counts change by the
 * contribution of the new row less that of the old one.
 *
 * <p><b>The order does not matter</b>, neither between topics nor within one: rows are merged by
 * minimum and maximum. A touch counts from when its plan or its first outcome is known, an
 * enrollment from when its start is known; whatever came before is counted then. This is why a
 * rebuild from the log gives the same rows.
 *
 * <p><b>Offsets</b> are written in the transaction of what they led to, and consumers begin there.
 *
 * <p><b>Concurrency.</b> The topics of customers have the same number of partitions and the same
 * keys, so that all facts of a customer lie in one lane, the partition number. A batch locks its
 * lanes' rows in {@code consumed} first; two instances that hold the same partition for a moment
 * therefore work one after the other, and the second finds its records consumed. Rows are then
 * read, merged in memory and written back to where they were read; where a fact says what its row
 * is as a rule, it is written unread if it is that ({@link MergedRows}). Counts are written last
 * and in the order of their keys: lanes share them, wait for each other there only, and do not
 * deadlock. A business is deleted under an exclusive advisory lock that a batch with its facts
 * shares.
 */
@NullMarked
package dev.aftertouch.analytics.projecting;

import org.jspecify.annotations.NullMarked;
