package dev.aftertouch.analytics.projecting;

import java.util.Locale;

/** What is counted by the time at which it happened; a column of {@code activities} each. */
enum Activity {
  ENROLLED,
  COMPLETED,
  STOPPED,
  SENT,
  FAILED,
  SKIPPED,
  DELIVERED,
  OPENED,
  CLICKED,
  REPLIED,
  OPTED_OUT,
  BOUNCED,
  COMPLAINED;

  /** Any but {@link Moment#UNKNOWN}, which tells of no time at which something happened. */
  static Activity of(Moment moment) {
    return valueOf(moment.name());
  }

  /** The column. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
