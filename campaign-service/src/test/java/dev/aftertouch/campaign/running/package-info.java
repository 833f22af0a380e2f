@NullMarked
package dev.aftertouch.campaign.running;

import org.jspecify.annotations.NullMarked;
