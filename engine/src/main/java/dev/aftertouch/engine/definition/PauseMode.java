package dev.aftertouch.engine.definition;

/**
 * What pausing does to active enrollments (MT-18): ends them with campaign_paused, or holds them.
 */
public enum PauseMode {
  STOP,
  HOLD
}
