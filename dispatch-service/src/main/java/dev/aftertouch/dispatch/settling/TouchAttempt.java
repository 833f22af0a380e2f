package dev.aftertouch.dispatch.settling;

import java.util.UUID;

/** An attempt and its touch. */
public record TouchAttempt(StoredTouch.Key touch, UUID attempt) {}
