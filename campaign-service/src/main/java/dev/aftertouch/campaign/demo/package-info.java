/** Two businesses to play with, on a local system. */
@NullMarked
package dev.aftertouch.campaign.demo;

import org.jspecify.annotations.NullMarked;
