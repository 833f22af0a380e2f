package dev.aftertouch.engine.definition;

import static dev.aftertouch.engine.definition.CampaignStatus.ACTIVE;
import static dev.aftertouch.engine.definition.CampaignStatus.ARCHIVED;
import static dev.aftertouch.engine.definition.CampaignStatus.PAUSED;

import org.jspecify.annotations.Nullable;

/**
 * What may be done to a campaign in each status (CB-02): draft → active ⇄ paused → archived. Every
 * (status, command) pair has an answer. Publishing and editing leave the status as it is; deleting
 * is allowed in each.
 */
public final class CampaignLifecycle {

  /** What somebody wants to do to a campaign. */
  public sealed interface Command {
    /** Change the draft. */
    record Edit() implements Command {}

    /** Make a version of the draft; a new one becomes what new enrollments follow. */
    record Publish() implements Command {}

    /** Publish what is unpublished, then enroll. */
    record Activate() implements Command {}

    /**
     * Enroll nobody; running enrollments end or are held, by the mode; null is the campaign's own.
     */
    record Pause(@Nullable PauseMode mode) implements Command {}

    /** Go on after a pause. */
    record Resume() implements Command {}

    /** Put away, free its place for another campaign. */
    record Archive() implements Command {}

    /** Remove; running enrollments end. */
    record Delete() implements Command {}
  }

  /** What comes of a command. */
  public sealed interface Answer {
    /** It may be done; the campaign then stands there. */
    record Allowed(CampaignStatus status) implements Answer {}

    /**
     * It may not be done.
     *
     * @param code stable, such as {@code campaign_not_active}
     * @param message one sentence that says what to do instead
     */
    record Refused(String code, String message) implements Answer {}
  }

  private CampaignLifecycle() {}

  /**
   * Decides a command in a status. Pausing a paused campaign changes its mode: a held one can so be
   * ended.
   */
  public static Answer decide(CampaignStatus status, Command command) {
    return switch (command) {
      case Command.Edit edit ->
          status == ARCHIVED ? archived("changed") : new Answer.Allowed(status);
      case Command.Publish publish ->
          status == ARCHIVED ? archived("published") : new Answer.Allowed(status);
      case Command.Activate activate ->
          status == ARCHIVED ? archived("activated") : new Answer.Allowed(ACTIVE);
      case Command.Pause pause -> pause(status);
      case Command.Resume resume -> resume(status);
      case Command.Archive archive -> archive(status);
      case Command.Delete delete -> new Answer.Allowed(status);
    };
  }

  private static Answer pause(CampaignStatus status) {
    return switch (status) {
      case ACTIVE, PAUSED -> new Answer.Allowed(PAUSED);
      case DRAFT ->
          refused(
              "campaign_not_active",
              "Only an active campaign can be paused; this one was never activated.");
      case ARCHIVED -> archived("paused");
    };
  }

  private static Answer resume(CampaignStatus status) {
    return switch (status) {
      case PAUSED -> new Answer.Allowed(ACTIVE);
      case DRAFT ->
          refused("campaign_not_paused", "The campaign was never active; activate it instead.");
      case ACTIVE ->
          refused(
              "campaign_not_paused", "The campaign is active already; there is nothing to resume.");
      case ARCHIVED -> archived("resumed");
    };
  }

  private static Answer archive(CampaignStatus status) {
    return switch (status) {
      case DRAFT, PAUSED -> new Answer.Allowed(ARCHIVED);
      case ACTIVE ->
          refused(
              "campaign_active",
              "Pause the campaign first and so choose whether its enrollments end or are held.");
      case ARCHIVED -> refused("campaign_archived", "The campaign is archived already.");
    };
  }

  private static Answer archived(String participle) {
    return refused(
        "campaign_archived",
        "An archived campaign can not be " + participle + "; duplicate it and work on the copy.");
  }

  private static Answer refused(String code, String message) {
    return new Answer.Refused(code, message);
  }
}
