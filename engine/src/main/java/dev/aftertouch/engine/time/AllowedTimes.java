package dev.aftertouch.engine.time;

import dev.aftertouch.engine.business.BusinessSettings.QuietHours;
import dev.aftertouch.engine.definition.CampaignSettings.BusinessHours;
import dev.aftertouch.engine.law.LawRow;
import dev.aftertouch.engine.law.Statutes;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When messages may leave: inside the legal hours, outside the business's quiet hours and inside
 * the campaign's business hours, in <em>every</em> zone in which the recipient may be. Immutable;
 * make one per business and campaign and keep it. What the law of the recipient's state forbids
 * besides comes with each question, as {@link Statutes}; it holds in every one of the zones.
 *
 * <p>What counts is the wall clock of the zone at the instant itself, so the hour that is repeated
 * in autumn is judged twice alike, and an opening that spring skips is moved forward to the first
 * wall-clock time after the gap.
 */
public final class AllowedTimes {
  /** No message leaves outside these hours of the recipient's day, whatever a business sets. */
  public static final Window LEGAL_HOURS = new Window(LocalTime.of(8, 0), LocalTime.of(21, 0));

  /** Only the legal hours. */
  public static final AllowedTimes LEGAL =
      new AllowedTimes(List.of(Rule.everyDay(Limit.LAW, LEGAL_HOURS)));

  /**
   * How far ahead an opening is searched for: a weekly window whose opening falls into a DST gap
   * comes again within it.
   */
  private static final long SEARCH_SECONDS = 15 * Offsets.DAY;

  /**
   * How much further where holidays close days: Christmas and New Year's fall on one day of the
   * week, so a campaign that sends on that day only waits for the third.
   */
  private static final long HOLIDAY_SECONDS = 14 * Offsets.DAY;

  private final List<Rule> rules;

  private AllowedTimes(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * The times allowed under these settings. A part that is null does not limit.
   *
   * @throws IllegalArgumentException for a window that starts where it ends, no days, or an unknown
   *     zone; settings and definitions are checked for these before they are stored
   */
  public static AllowedTimes of(@Nullable QuietHours quiet, @Nullable BusinessHours hours) {
    List<Rule> rules = new ArrayList<>();
    rules.add(Rule.everyDay(Limit.LAW, LEGAL_HOURS));
    if (quiet != null) {
      rules.add(
          Rule.everyDay(Limit.QUIET_HOURS, new Window(quiet.start(), quiet.end()).complement()));
    }
    if (hours != null) {
      String named = hours.timeZone();
      rules.add(
          new Rule(
              Limit.BUSINESS_HOURS,
              new Window(hours.start(), hours.end()),
              hours.days(),
              named == null ? null : ZoneId.of(named)));
    }
    return new AllowedTimes(rules);
  }

  /** Whether a message may leave at that instant. False when there is no candidate zone. */
  public boolean allows(Instant at, Collection<ZoneId> candidates, Statutes law) {
    if (candidates.isEmpty()) {
      return false;
    }
    long second = at.getEpochSecond();
    for (Rule rule : rules) {
      if (rule.fixedZone != null) {
        if (!rule.allows(Offsets.at(rule.fixedZone, second), second)) {
          return false;
        }
      }
    }
    for (ZoneId zone : candidates) {
      Offsets.Stretch stretch = Offsets.at(zone, second);
      if (!law.allows(stretch.epochDay(second), stretch.secondOfDay(second))) {
        return false;
      }
      for (Rule rule : rules) {
        if (rule.fixedZone == null && !rule.allows(stretch, second)) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * The earliest instant, not before {@code from}, at which every candidate zone allows a message.
   * Nothing but whole seconds unless it is {@code from} itself.
   *
   * @throws IllegalArgumentException when there is no candidate zone: take {@link Zones#UNKNOWN_US}
   */
  public NextAllowed next(Instant from, Collection<ZoneId> candidates, Statutes law) {
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("At least one candidate zone is needed");
    }
    if (allows(from, candidates, law)) {
      return new NextAllowed.At(from, null, null, null);
    }
    // Fractions of a second are rounded up: openings are whole seconds, and from itself is not
    // allowed.
    long start = from.getEpochSecond();
    long longest = SEARCH_SECONDS + (law.closesDays() ? HOLIDAY_SECONDS : 0);
    Search search = new Search(start, start + longest);
    while (search.moved) {
      search.moved = false;
      for (ZoneId zone : candidates) {
        search.apply(law, zone);
      }
      for (Rule rule : rules) {
        if (rule.fixedZone != null) {
          search.apply(rule, rule.fixedZone);
        } else {
          for (ZoneId zone : candidates) {
            search.apply(rule, zone);
          }
        }
      }
    }
    return search.result();
  }

  /**
   * How long messages may still leave from that instant on: until the first zone closes, and the
   * given longest at most. Whole seconds, rounded down; zero where none may leave.
   */
  public Duration left(
      Instant from, Collection<ZoneId> candidates, Statutes law, Duration longest) {
    if (candidates.isEmpty()) {
      return Duration.ZERO;
    }
    long start = from.getEpochSecond();
    long close = start + longest.toSeconds() + 1;
    for (ZoneId zone : candidates) {
      close = nextClosing(law, zone, start, close);
    }
    for (Rule rule : rules) {
      if (rule.fixedZone != null) {
        close = rule.nextClosing(rule.fixedZone, start, close);
      } else {
        for (ZoneId zone : candidates) {
          close = rule.nextClosing(zone, start, close);
        }
      }
    }
    Duration left = Duration.between(from, Instant.ofEpochSecond(close));
    return Duration.ofSeconds(Math.clamp(left.toSeconds(), 0, longest.toSeconds()));
  }

  /** The first second, not before the given one, that the law does not allow; at most the limit. */
  private static long nextClosing(Statutes law, ZoneId zone, long from, long limit) {
    long second = from;
    while (second < limit) {
      Offsets.Stretch stretch = Offsets.at(zone, second);
      long day = stretch.epochDay(second);
      int time = stretch.secondOfDay(second);
      if (!law.allows(day, time)) {
        return second;
      }
      second = Math.min(second + law.closing(day) - time, stretch.until());
    }
    return limit;
  }

  /**
   * Moves an instant forward to each rule's next opening until no rule moves it: the first common
   * opening.
   */
  private static final class Search {
    private final long limit;
    private long second;
    private boolean moved = true;
    private Limit blockedBy = Limit.LAW;
    private @Nullable ZoneId zone;
    private @Nullable LawRow statute;
    private @Nullable ZoneId statuteZone;

    Search(long second, long limit) {
      this.second = second;
      this.limit = limit;
    }

    void apply(Rule rule, ZoneId in) {
      if (second > limit) {
        return;
      }
      long opening = rule.nextOpening(in, second, limit);
      if (opening != second) {
        second = opening;
        blockedBy = rule.limit;
        zone = in;
        moved = true;
      }
    }

    void apply(Statutes law, ZoneId in) {
      long before = second;
      while (second <= limit) {
        Offsets.Stretch stretch = Offsets.at(in, second);
        long day = stretch.epochDay(second);
        int time = stretch.secondOfDay(second);
        LawRow objection = law.objection(day, time);
        if (objection == null) {
          break;
        }
        remember(objection, in);
        second = Math.min(second + law.opening(day, time) - time, stretch.until());
      }
      if (second != before) {
        blockedBy = Limit.LAW;
        zone = in;
        moved = true;
      }
    }

    /** The first that objected, unless a later one closes a whole day: that one is waited for. */
    private void remember(LawRow objection, ZoneId in) {
      boolean closes = objection.provision().closesDays();
      if (statute == null || closes && !statute.provision().closesDays()) {
        statute = objection;
        statuteZone = in;
      }
    }

    NextAllowed result() {
      LawRow named = statute;
      boolean dayClosed = named != null && named.provision().closesDays();
      Limit limitNamed = dayClosed ? Limit.LAW : blockedBy;
      ZoneId decided = dayClosed ? statuteZone : zone;
      if (decided == null) {
        throw new IllegalStateException("The search was started on an allowed instant");
      }
      LawRow law = limitNamed == Limit.LAW ? named : null;
      return second > limit
          ? new NextAllowed.Never(limitNamed, decided, law)
          : new NextAllowed.At(Instant.ofEpochSecond(second), limitNamed, decided, law);
    }
  }

  /** One window on some days of the week, in each candidate zone or in a fixed one. */
  private static final class Rule {
    final Limit limit;
    final @Nullable ZoneId fixedZone;
    private final int start;
    private final int end;
    private final boolean wraps;
    private final int days;

    Rule(Limit limit, Window window, Set<DayOfWeek> days, @Nullable ZoneId fixedZone) {
      if (days.isEmpty()) {
        throw new IllegalArgumentException("At least one day of the week is needed");
      }
      this.limit = limit;
      this.fixedZone = fixedZone;
      this.start = window.start().toSecondOfDay();
      this.end = window.end().toSecondOfDay();
      this.wraps = window.wraps();
      int bits = 0;
      for (DayOfWeek day : days) {
        bits |= 1 << day.ordinal();
      }
      this.days = bits;
    }

    static Rule everyDay(Limit limit, Window window) {
      return new Rule(limit, window, EnumSet.allOf(DayOfWeek.class), null);
    }

    boolean allows(Offsets.Stretch stretch, long second) {
      int time = stretch.secondOfDay(second);
      boolean begunToday = wraps ? time >= start : time >= start && time < end;
      if (begunToday) {
        return isOpenOn(stretch.epochDay(second));
      }
      // After midnight a wrapping window still belongs to the day on which it began.
      return wraps && time < end && isOpenOn(stretch.epochDay(second) - 1);
    }

    private boolean isOpenOn(long epochDay) {
      // 1970-01-01 was a Thursday, ordinal 3.
      return (days >> Math.floorMod(epochDay + 3, 7) & 1) != 0;
    }

    /**
     * The first second, not before the given one, that it allows; past the limit when there is none
     * up to it.
     */
    long nextOpening(ZoneId zone, long from, long limit) {
      long second = from;
      while (second <= limit) {
        Offsets.Stretch stretch = Offsets.at(zone, second);
        if (allows(stretch, second)) {
          return second;
        }
        // Within a stretch a window opens at its start only; at the start itself the day was wrong.
        long untilStart = Math.floorMod(start - stretch.secondOfDay(second), Offsets.DAY);
        long step = untilStart == 0 ? Offsets.DAY : untilStart;
        second = Math.min(second + step, stretch.until());
      }
      return second;
    }

    /** The first second, not before the given one, that it does not allow; at most the limit. */
    long nextClosing(ZoneId zone, long from, long limit) {
      long second = from;
      while (second < limit) {
        Offsets.Stretch stretch = Offsets.at(zone, second);
        if (!allows(stretch, second)) {
          return second;
        }
        // Within a stretch a window closes at its end only.
        long untilEnd = Math.floorMod(end - stretch.secondOfDay(second), Offsets.DAY);
        long step = untilEnd == 0 ? Offsets.DAY : untilEnd;
        second = Math.min(second + step, stretch.until());
      }
      return limit;
    }
  }
}
