package dev.aftertouch.dispatch.webhooks;

/** What became of a webhook. */
enum Worked {
  /** It was worked in, or there was nothing to do. */
  DONE,
  /** It was worked in and stops something: the barrier must be passed before it is acknowledged. */
  STOPPED,
  /** Its message is not known yet. */
  WAITING
}
