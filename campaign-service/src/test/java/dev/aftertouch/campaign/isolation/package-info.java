@NullMarked
package dev.aftertouch.campaign.isolation;

import org.jspecify.annotations.NullMarked;
