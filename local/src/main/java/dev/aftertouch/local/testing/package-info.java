/** What the tests of services share: identities and the check of row-level security. */
@NullMarked
package dev.aftertouch.local.testing;

import org.jspecify.annotations.NullMarked;
