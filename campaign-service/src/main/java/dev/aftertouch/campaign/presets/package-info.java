/** The system's campaigns, kept as rows that nobody but a migration changes. */
@NullMarked
package dev.aftertouch.campaign.presets;

import org.jspecify.annotations.NullMarked;
