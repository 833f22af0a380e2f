package dev.aftertouch.dispatch.settling;

import dev.aftertouch.dispatch.sending.Handover;

/** A claimed touch and its attempt on the way out. */
public record Claim(StoredTouch touch, Handover handover) {}
