package dev.aftertouch.engine.definition;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One stop on a campaign's path (CB-04). Ids are unique within a version and stable across
 * versions. The delay counts from the scheduled time of the step before; for the first step from
 * the anchor (job completion or enrolling).
 */
public sealed interface Step {
  /** Unique within the version: lower-case letters, digits and hyphens. */
  String id();

  /** How long after the step before. */
  Delay delay();

  /** A step that speaks to the customer. */
  sealed interface Touching extends Step {
    /** What is said. */
    Template template();

    /** How it reaches the customer. */
    Channel channel();
  }

  /** Sends an e-mail. */
  record SendEmail(String id, Delay delay, Template template) implements Touching {
    @Override
    public Channel channel() {
      return Channel.EMAIL;
    }
  }

  /** Sends a text message. */
  record SendSms(String id, Delay delay, Template template) implements Touching {
    @Override
    public Channel channel() {
      return Channel.SMS;
    }
  }

  /** Gives somebody in the business something to do. */
  record CreateTask(
      String id, Delay delay, String title, @Nullable String description, @Nullable String assignee)
      implements Step {}

  /** Lets time pass. */
  record Wait(String id, Delay delay) implements Step {}

  /** Sets a field of the customer. */
  record UpdateField(String id, Delay delay, String field, String value) implements Step {}

  /** Adds and removes tags of the customer. */
  record ManageTags(String id, Delay delay, Set<String> add, Set<String> remove) implements Step {}

  /** Tells a user of the business. */
  record Notify(String id, Delay delay, String audience, String message) implements Step {}

  /** Calls a URL of the business. */
  record Webhook(String id, Delay delay, String url, Map<String, String> fields) implements Step {}

  /** Goes one way or the other, then on with the step after it. */
  record Conditional(
      String id, Delay delay, Condition condition, List<Step> whenTrue, List<Step> whenFalse)
      implements Step {
    public Conditional {
      whenTrue = List.copyOf(whenTrue);
      whenFalse = List.copyOf(whenFalse);
    }
  }

  /** Ends the enrollment. */
  record ExitCampaign(String id, Delay delay, @Nullable String reason) implements Step {}
}
