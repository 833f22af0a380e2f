/** What the campaigns achieved: projections of all facts, and the reports that read them. */
@NullMarked
package dev.aftertouch.analytics;

import org.jspecify.annotations.NullMarked;
