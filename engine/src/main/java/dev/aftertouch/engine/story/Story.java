package dev.aftertouch.engine.story;

import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.story.Happening.CameBack;
import dev.aftertouch.engine.story.Happening.Completed;
import dev.aftertouch.engine.story.Happening.Enrolled;
import dev.aftertouch.engine.story.Happening.Failed;
import dev.aftertouch.engine.story.Happening.Held;
import dev.aftertouch.engine.story.Happening.Sent;
import dev.aftertouch.engine.story.Happening.Skipped;
import dev.aftertouch.engine.story.Happening.Stopped;
import dev.aftertouch.engine.story.Happening.Touch;
import dev.aftertouch.engine.story.Happening.Unknown;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** One English sentence for each thing that happened. Times are those of the given zone. */
public final class Story {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm", Locale.ENGLISH);

  private Story() {}

  /** What happened, and why where there was a decision. Holds no address and no name. */
  public static String sentence(Happening happening, ZoneId zone) {
    return switch (happening) {
      case Enrolled enrolled -> enrolled(enrolled);
      case Held held ->
          "%s was held until %s: %s."
              .formatted(
                  name(held.touch()),
                  time(held.until(), zone),
                  Because.of(held.reason(), held.evidence(), held.touch().channel()));
      case Sent sent ->
          "%s was sent: %s accepted it.".formatted(name(sent.touch()), provider(sent.provider()));
      case Skipped skipped ->
          "%s was skipped: %s."
              .formatted(
                  name(skipped.touch()),
                  Because.of(skipped.reason(), skipped.evidence(), skipped.touch().channel()));
      case Failed failed -> failed(failed);
      case Unknown unknown ->
          "%s was handed to %s, but the answer was lost (%s); it is looked into and not blindly repeated."
              .formatted(
                  name(unknown.touch()),
                  provider(unknown.provider()),
                  Because.words(unknown.reason()));
      case CameBack back -> cameBack(back);
      case Stopped stopped -> stopped(stopped);
      case Completed completed ->
          "The enrollment was completed: %s had ended.".formatted(touches(completed.touches()));
    };
  }

  private static String enrolled(Enrolled enrolled) {
    String how =
        switch (enrolled.source()) {
          case "automatic_trigger" -> "";
          case "manual_admin" -> " by hand";
          case "api" -> " through the API";
          case "bulk_import" -> " by an import";
          default -> " by " + Because.words(enrolled.source());
        };
    return "The customer was enrolled%s in %s, version %d%s: %s planned."
        .formatted(
            how,
            enrolled.campaign() == null ? "a campaign" : "“" + enrolled.campaign() + "”",
            enrolled.version(),
            enrolled.job() == null ? "" : ", after job " + enrolled.job(),
            touches(enrolled.touches()));
  }

  private static String failed(Failed failed) {
    String who = failed.provider() == null ? "the provider" : provider(failed.provider());
    String why =
        failed.reason().equals("rejected_by_provider")
            ? who + " refused it"
            : Because.words(failed.reason());
    return "%s failed: %s%s. The sequence goes on."
        .formatted(
            name(failed.touch()),
            why,
            failed.providerCode() == null ? "" : " with code " + failed.providerCode());
  }

  private static String cameBack(CameBack back) {
    String what = back.touch() == null ? "a message" : lower(name(back.touch()));
    return switch (back.kind()) {
      case DELIVERED -> capital(what) + " was delivered.";
      case UNDELIVERED -> capital(what) + " could not be delivered by the carrier.";
      case OPENED -> capital(what) + " was opened, as far as can be told.";
      case CLICKED ->
          back.link() == null
              ? "The customer clicked a link in %s.".formatted(what)
              : "The customer clicked the link “%s” in %s.".formatted(back.link(), what);
      case REPLIED -> "The customer replied to %s.".formatted(what);
      case FEEDBACK_SUBMITTED -> "The customer gave feedback after %s.".formatted(what);
      case BOUNCED -> capital(what) + " bounced: the address does not take it.";
      case COMPLAINED -> "The customer marked %s as unwanted.".formatted(what);
      case OPTED_OUT -> "The customer opted out after %s.".formatted(what);
      case OPTED_IN -> "The customer opted in again after %s.".formatted(what);
    };
  }

  private static String stopped(Stopped stopped) {
    String by = stopped.by() == null ? "" : " by " + stopped.by();
    return "The enrollment was stopped%s: %s.".formatted(by, Because.stop(stopped.reason()));
  }

  private static String name(Touch touch) {
    return switch (touch.channel()) {
      case EMAIL -> "Touch %d (e-mail)".formatted(touch.number());
      case SMS -> "Touch %d (text)".formatted(touch.number());
    };
  }

  /** The things of a channel, as a count reads. */
  static String messages(Channel channel) {
    return switch (channel) {
      case EMAIL -> "e-mails";
      case SMS -> "texts";
    };
  }

  private static String provider(String code) {
    return switch (code) {
      case "resend" -> "Resend";
      case "twilio" -> "Twilio";
      case "smtp" -> "the mail server";
      default -> code;
    };
  }

  private static String touches(int count) {
    return count == 1 ? "1 touch" : count + " touches";
  }

  private static String time(Instant instant, ZoneId zone) {

    return TIME.format(instant.atZone(zone)) + " (" + zone.getId() + ")";
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ENGLISH) + text.substring(1);
  }

  private static String lower(String text) {
    return text.substring(0, 1).toLowerCase(Locale.ENGLISH) + text.substring(1);
  }
}
