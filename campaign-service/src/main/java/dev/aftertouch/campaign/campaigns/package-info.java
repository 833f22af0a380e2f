/** Campaigns: drafts, immutable versions, standing, and the facts about them. */
@NullMarked
package dev.aftertouch.campaign.campaigns;

import org.jspecify.annotations.NullMarked;
