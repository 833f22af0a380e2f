package dev.aftertouch.engine.gate;

import dev.aftertouch.engine.business.BusinessSettings.OnUnknown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an attempt whose answer was lost at a provider that takes a repeat for a new
 * message. It is never repeated while the provider may still tell; what the provider says ends the
 * doubt, else the business's policy does.
 */
public final class Doubts {
  /** So long the provider may be out of reach before it is asked no more. */
  public static final Duration LONGEST = Duration.ofHours(1);

  /** What a look into the provider's list of messages showed. */
  public sealed interface Looked {
    /** Exactly one message is this attempt's and no other's. */
    record Found(String messageId, boolean failed, @Nullable String code) implements Looked {}

    /** The list was read whole and holds none. */
    record Nothing() implements Looked {}

    /** Several could be this attempt's. */
    record Several(int messages) implements Looked {}

    /** The provider did not answer. */
    record Unanswered(String why) implements Looked {}

    /** The provider keeps no list that could be asked. */
    record NoList() implements Looked {}
  }

  /**
   * What is known.
   *
   * @param age since the answer was given up
   * @param resentBefore whether an earlier attempt of the touch was followed by another already
   */
  public record Facts(Duration age, boolean resentBefore, Looked looked) {}

  /** What to do, and why. */
  public sealed interface Resolution {
    /** The code of the reason; stable. */
    String reason();

    /** The provider has it: the touch was sent. */
    record Accepted(String reason, String messageId) implements Resolution {}

    /**
     * The provider has it, and could not deliver it: the same as if its answer had not been lost
     * and it had told so by callback.
     */
    record Undelivered(String reason, String messageId, @Nullable String code)
        implements Resolution {}

    /** Ask again later. */
    record Wait(String reason) implements Resolution {}

    /** It stays unknown for good, unless a callback tells. */
    record AssumeSent(String reason) implements Resolution {}

    /** One more attempt, if the gate lets it through. */
    record Resend(String reason) implements Resolution {}
  }

  /** A text as it was frozen. */
  public record Frozen(String from, String to, String body, Instant at) {}

  /**
   * A text in the provider's list of what it took from that number for that number.
   *
   * @param failed whether it came to nothing for good
   */
  public record Listed(
      String messageId, String body, Instant createdAt, boolean failed, @Nullable String code) {}

  /** Clocks of provider and sender may differ by that much. */
  private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

  private Doubts() {}

  /**
   * Looks for an attempt among the texts between its two numbers: the same words, taken no earlier
   * than they were frozen, and not known to be another attempt's.
   *
   * @param ofOthers ids of messages that are known to be of an attempt
   */
  public static Looked look(Frozen attempt, List<Listed> list, Set<String> ofOthers) {
    List<Listed> candidates =
        list.stream()
            .filter(listed -> listed.body().equals(attempt.body()))
            .filter(listed -> !listed.createdAt().isBefore(attempt.at().minus(CLOCKS_APART)))
            .filter(listed -> !ofOthers.contains(listed.messageId()))
            .toList();
    if (candidates.size() > 1) {
      return new Looked.Several(candidates.size());
    }
    return candidates.stream()
        .findFirst()
        .<Looked>map(one -> new Looked.Found(one.messageId(), one.failed(), one.code()))
        .orElseGet(Looked.Nothing::new);
  }

  /**
   * Decides.
   *
   * @param patience how long the provider is asked before the policy applies
   */
  public static Resolution decide(Facts facts, OnUnknown policy, Duration patience) {
    if (facts.looked() instanceof Looked.Found found) {
      return found.failed()
          ? new Resolution.Undelivered("found_in_list", found.messageId(), found.code())
          : new Resolution.Accepted("found_in_list", found.messageId());
    }
    if (facts.age().compareTo(patience) < 0) {
      return new Resolution.Wait("provider_may_tell");
    }
    return switch (policy) {
      case ASSUME_SENT -> new Resolution.AssumeSent("policy");
      case RESEND_ONCE -> resend(facts);
    };
  }

  private static Resolution resend(Facts facts) {
    if (facts.resentBefore()) {
      return new Resolution.AssumeSent("resent_before");
    }
    return switch (facts.looked()) {
      case Looked.Found found -> throw new IllegalArgumentException("Decided before");
      case Looked.Nothing nothing -> new Resolution.Resend("not_in_list");
      case Looked.NoList noList -> new Resolution.Resend("provider_has_no_list");
      case Looked.Several several -> new Resolution.AssumeSent("several_in_list");
      case Looked.Unanswered unanswered ->
          facts.age().compareTo(LONGEST) < 0
              ? new Resolution.Wait("provider_unreachable")
              : new Resolution.AssumeSent("provider_unreachable");
    };
  }
}
