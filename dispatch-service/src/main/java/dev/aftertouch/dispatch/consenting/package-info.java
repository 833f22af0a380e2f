/** The consent ledger for people: histories, grants, the export and its verification. */
@NullMarked
package dev.aftertouch.dispatch.consenting;

import org.jspecify.annotations.NullMarked;
