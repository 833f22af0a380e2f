package dev.aftertouch.analytics.projecting;

import java.util.List;
import java.util.Locale;

/** What can happen to a touch once; its column holds the earliest time. */
enum Moment {
  SENT,
  FAILED,
  SKIPPED,
  UNKNOWN,
  DELIVERED,
  OPENED,
  CLICKED,
  REPLIED,
  OPTED_OUT,
  BOUNCED,
  COMPLAINED;

  /**
   * How a touch can end, the strongest first: an answer that was lost is overruled by the one that
   * is found later, and what was sent was sent.
   */
  static final List<Moment> OUTCOMES = List.of(SENT, FAILED, SKIPPED, UNKNOWN);

  /** What can come back for a touch. */
  static final List<Moment> ENGAGEMENTS =
      List.of(DELIVERED, OPENED, CLICKED, REPLIED, OPTED_OUT, BOUNCED, COMPLAINED);

  /** The word in SQL; the column adds {@code _at}. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
