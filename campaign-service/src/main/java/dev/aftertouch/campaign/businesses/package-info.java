/** Businesses and their settings. */
@NullMarked
package dev.aftertouch.campaign.businesses;

import org.jspecify.annotations.NullMarked;
