package dev.aftertouch.engine.breaker;

import dev.aftertouch.engine.definition.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a business's messages of a channel are still wanted. Counted are the messages that were
 * accepted in the last {@link #WINDOW} and how many of these same messages were complained about,
 * so that late complaints about an old mistake weigh on nothing new.
 *
 * <p>E-mails: Gmail and Yahoo ask for less than 0.1 % and never 0.3 %
 * (https://support.google.com/a/answer/81126). Texts: nobody publishes a limit for those that
 * carriers filter (Twilio's error 30007); ours are chosen so that only a sender in trouble meets
 * them.
 *
 * <p>There is no least number of messages: with three complaints, the fewer the messages, the worse
 * it is.
 */
public final class Breaker {
  /** Over which messages are counted. */
  public static final Duration WINDOW = Duration.ofDays(7);

  private static final long WHOLE = 10_000;

  /** What follows. */
  public enum State {
    /** Nothing stands in the way. */
    CLOSED,
    /** Nothing is held yet; the owner should look into it. */
    WARNING,
    /** The channel's touches wait. */
    PAUSED;

    /** The word used in JSON and SQL. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that code. */
    public static State of(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * What a channel is measured by.
   *
   * @param leastComplaints fewer say nothing
   * @param warnAt complaints of 10,000 messages
   * @param pauseAt complaints of 10,000 messages
   */
  public record Limits(int leastComplaints, int warnAt, int pauseAt) {
    /** As a part of one. */
    public double warnRate() {
      return (double) warnAt / WHOLE;
    }

    /** As a part of one. */
    public double pauseRate() {
      return (double) pauseAt / WHOLE;
    }
  }

  /**
   * What was counted.
   *
   * @param complaints about the accepted messages
   * @param accepted messages since {@link Breaker#countedSince}
   */
  public record Count(long complaints, long accepted) {
    /** As a part of one; 0 where nothing was accepted. */
    public double rate() {
      return accepted == 0 ? 0 : (double) complaints / accepted;
    }

    private boolean reaches(int of10000) {
      return complaints * WHOLE >= of10000 * accepted;
    }
  }

  private static final Limits EMAIL = new Limits(3, 10, 30);
  private static final Limits SMS = new Limits(10, 200, 500);

  private Breaker() {}

  /** What the channel is measured by. */
  public static Limits limits(Channel channel) {
    return switch (channel) {
      case EMAIL -> EMAIL;
      case SMS -> SMS;
    };
  }

  /** From when on messages count: an owner who resumes is measured by what follows. */
  public static Instant countedSince(Instant now, @Nullable Instant resumedAt) {
    Instant start = now.minus(WINDOW);
    return resumedAt != null && resumedAt.isAfter(start) ? resumedAt : start;
  }

  /**
   * The state that follows. What is paused stays so until the rate is below the one that warns:
   * while nothing is sent only time lowers it, and on the brink the next complaint would pause
   * again.
   */
  public static State decide(State before, Count count, Limits limits) {
    if (count.complaints() < limits.leastComplaints() || !count.reaches(limits.warnAt())) {
      return State.CLOSED;
    }
    return before == State.PAUSED || count.reaches(limits.pauseAt()) ? State.PAUSED : State.WARNING;
  }
}
