/**
 * What the law says about when and how often people may be written to: dated rules as data ({@code
 * law.tsv}), each with its source. The strictest of all that may hold for a recipient wins. Not
 * legal advice: check with counsel.
 */
@NullMarked
package dev.aftertouch.engine.law;

import org.jspecify.annotations.NullMarked;
