/** The consent ledger of each business, to which entries are only added. */
@NullMarked
package dev.aftertouch.dispatch.ledger;

import org.jspecify.annotations.NullMarked;
