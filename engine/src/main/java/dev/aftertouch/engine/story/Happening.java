package dev.aftertouch.engine.story;

import dev.aftertouch.engine.definition.Channel;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that happened to an enrollment. */
public sealed interface Happening {
  /** A touch as people count them: the first is number 1. */
  record Touch(int number, Channel channel) {}

  /**
   * The customer was enrolled.
   *
   * @param campaign its name; null when it is not known
   * @param source automatic_trigger, manual_admin, api or bulk_import
   */
  record Enrolled(
      @Nullable String campaign, int version, @Nullable String job, String source, int touches)
      implements Happening {}

  /** A touch may leave later; reason and evidence are the gate's, or tell of the provider. */
  record Held(Touch touch, Instant until, String reason, Map<String, String> evidence)
      implements Happening {}

  /** The provider accepted it. */
  record Sent(Touch touch, String provider) implements Happening {}

  /** The gate decided that it will not be sent. */
  record Skipped(Touch touch, String reason, Map<String, String> evidence) implements Happening {}

  /** The provider refused it. */
  record Failed(
      Touch touch, String reason, @Nullable String provider, @Nullable String providerCode)
      implements Happening {}

  /** It was handed over and the answer was lost. */
  record Unknown(Touch touch, String provider, String reason) implements Happening {}

  /**
   * Something came back.
   *
   * @param touch null when it is tied to none
   * @param link name of the clicked link
   */
  record CameBack(Kind kind, @Nullable Touch touch, @Nullable String link) implements Happening {}

  /**
   * The enrollment ended early.
   *
   * @param reason code of a StopReason
   * @param by who stopped it; null when no person did
   */
  record Stopped(String reason, @Nullable String by) implements Happening {}

  /** The enrollment ran to its end. */
  record Completed(int touches) implements Happening {}

  /** What can come back. */
  enum Kind {
    DELIVERED,
    UNDELIVERED,
    OPENED,
    CLICKED,
    REPLIED,
    FEEDBACK_SUBMITTED,
    BOUNCED,
    COMPLAINED,
    OPTED_OUT,
    OPTED_IN
  }
}
