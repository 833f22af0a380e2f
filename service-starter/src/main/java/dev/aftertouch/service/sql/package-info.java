/** A batch of rows as parameters of one statement. */
@NullMarked
package dev.aftertouch.service.sql;

import org.jspecify.annotations.NullMarked;
