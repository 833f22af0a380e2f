/** Wording that a business keeps for its campaigns. */
@NullMarked
package dev.aftertouch.campaign.templates;

import org.jspecify.annotations.NullMarked;
