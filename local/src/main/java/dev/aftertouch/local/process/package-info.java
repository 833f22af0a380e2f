/** Child processes that end with their parent, and where in the file system the project lives. */
@NullMarked
package dev.aftertouch.local.process;

import org.jspecify.annotations.NullMarked;
