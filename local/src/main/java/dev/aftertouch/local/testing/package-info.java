/**
 * What the tests of services share: identities, the check of row-level security, databases that are
 * migrated.
 */
@NullMarked
package dev.aftertouch.local.testing;

import org.jspecify.annotations.NullMarked;
