package dev.aftertouch.dispatch.webhooks;

/** What became of a webhook. */
enum Worked {
  /** It was worked in, or there was nothing to do. */
  DONE,
  /** It was worked in and stops something: the barrier must be passed before it is acknowledged. */
  STOPPED,
  /** As STOPPED, and it is an opt-out that was not known before: it may be confirmed, once. */
  OPTED_OUT,
  /** Its message is not known yet. */
  WAITING
}
