package dev.aftertouch.engine.consent;

import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.definition.Purpose;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ledger in sentences. */
public final class ConsentWords {
  private ConsentWords() {}

  /** What happened, as one sentence. */
  public static String sentence(ConsentFact fact) {
    String what = messages(fact.purpose(), fact.channel());
    String sentence =
        switch (fact.kind()) {
          case GRANTED -> granted(fact, what);
          case WITHDRAWN -> "Opted out of " + what + because(fact);
          case UNREACHABLE -> "Could not be reached by " + what + because(fact);
          case REOPENED -> "Opted in again to " + what;
          case HELD -> "Held " + what + ", because a text may be an opt-out";
          case RELEASED -> "Released " + what + " after somebody had read the text";
        };
    return sentence + ", by " + words(fact.source()) + ".";
  }

  private static String granted(ConsentFact fact, String what) {
    String until = fact.expiresAt() == null ? "" : ", until " + fact.expiresAt();
    return "Gave " + fact.basis() + " consent to " + what + until;
  }

  private static String because(ConsentFact fact) {
    return switch (fact.basis()) {
      case "opted_out", "manual" -> "";
      case "blocked_by_provider" -> " (at the provider)";
      default -> " (" + words(fact.basis()) + ")";
    };
  }

  /** Messages of a purpose on a channel; all of them for null. */
  public static String messages(@Nullable Purpose purpose, Channel channel) {
    String medium =
        switch (channel) {
          case EMAIL -> "e-mails";
          case SMS -> "texts";
        };
    return switch (purpose) {
      case null -> "all " + medium;
      case FOLLOW_UP -> "follow-up " + medium;
      case FUNDRAISING -> "fundraising " + medium;
      case NEWSLETTER -> "newsletter " + medium;
      case TRANSACTIONAL -> "service " + medium;
    };
  }

  /** Sources are codes; whatever follows a slash names one event and not a way. */
  private static String words(String code) {
    int slash = code.indexOf('/');
    return (slash < 0 ? code : code.substring(0, slash))
        .replace('_', ' ')
        .toLowerCase(Locale.ENGLISH);
  }
}
