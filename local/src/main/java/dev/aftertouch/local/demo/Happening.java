package dev.aftertouch.local.demo;

import java.time.Instant;

/**
 * Something to tell.
 *
 * @param what such as "e-mail 1" or "review clicked"; may be empty
 * @param who whom it happened to; may be empty
 * @param more such as "until Wed 08:00 (quiet hours)"; may be empty
 */
record Happening(Instant at, Verb verb, String what, String who, String more) {}
