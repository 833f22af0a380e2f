package dev.aftertouch.engine.journey;

import dev.aftertouch.engine.definition.Channel;
import java.time.Instant;

/**
 * A touch as it is planned when a customer is enrolled.
 *
 * @param number from 1
 * @param scheduledAt before quiet hours and pacing, which may defer it
 */
public record PlannedTouch(String stepId, int number, Channel channel, Instant scheduledAt) {}
