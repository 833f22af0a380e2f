package dev.aftertouch.engine.content;

/**
 * A link of an e-mail as written.
 *
 * @param name as counted: review, booking, calendar, feedback, unsubscribe or link-n
 * @param target text with marks of variables
 * @param tracked whether it is led through the {@link LinkWriter}; the unsubscribe link never is
 */
record LinkPlan(String name, String target, boolean tracked) {}
