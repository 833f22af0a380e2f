package dev.aftertouch.engine.law;

import dev.aftertouch.engine.definition.Channel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rules of law that may hold for one recipient and channel: those of the state of the address
 * and those of the state of the number's area code, each with its country's. All of them must
 * allow. Compiled once and kept: asking costs no allocation.
 *
 * <p>Days are counted from 1970-01-01 and seconds from midnight, both by the recipient's wall
 * clock. See docs/decisions/0016-which-law-holds.md.
 */
public final class Statutes {
  /** No rule at all. */
  public static final Statutes NONE = new Statutes(List.of(), List.of());

  /** Seconds of a day. */
  public static final int DAY = 86_400;

  private static final Statutes EMAIL =
      new Statutes(List.of(), rows(Channel.EMAIL, List.of("*"), row -> true));

  private static final Statutes EMAIL_TO_CANADA =
      new Statutes(List.of("CA"), rows(Channel.EMAIL, List.of("CA", "*"), row -> true));

  /** Of texts, by the state of the address and then by that of the number; compiled when asked. */
  private static final AtomicReferenceArray<Statutes> TEXTS =
      new AtomicReferenceArray<>(Jurisdictions.count() * Jurisdictions.count());

  private final List<String> candidates;
  private final CompiledRow[] rows;
  private final CompiledRow[] caps;
  private final CompiledRow[] impliedConsents;
  private final boolean closesDays;

  private Statutes(List<String> candidates, List<LawRow> rows) {
    this.candidates = candidates;
    this.rows =
        compiled(
            rows,
            provision ->
                !(provision instanceof Provision.Cap
                    || provision instanceof Provision.ImpliedConsent));
    this.caps = compiled(rows, Provision.Cap.class::isInstance);
    this.impliedConsents = compiled(rows, Provision.ImpliedConsent.class::isInstance);
    this.closesDays = rows.stream().anyMatch(row -> row.provision().closesDays());
  }

  private static CompiledRow[] compiled(List<LawRow> rows, Predicate<Provision> kept) {
    return rows.stream()
        .filter(row -> kept.test(row.provision()))
        .map(CompiledRow::of)
        .toArray(CompiledRow[]::new);
  }

  /**
   * The rules for a recipient.
   *
   * <p>A number under the country code 1 of which nobody can tell the state, with no state of an
   * address either, may be anywhere in the United States: then the strictest hours and caps of all
   * states hold, but no state's closed days.
   *
   * @param region ISO 3166-2 code of the address's state, such as US-FL; null where it is not known
   * @param phone E.164; null where there is none
   */
  public static Statutes of(Channel channel, @Nullable String region, @Nullable String phone) {
    return switch (channel) {
      case EMAIL ->
          Jurisdictions.isCanadian(Jurisdictions.ofRegion(region))
                  || Jurisdictions.isCanadian(Jurisdictions.ofPhone(phone))
              ? EMAIL_TO_CANADA
              : EMAIL;
      case SMS -> {
        int address = Jurisdictions.ofRegion(region);
        int number = Jurisdictions.ofPhone(phone);
        yield texts(
            address,
            number == Jurisdictions.SOME_STATE && address != Jurisdictions.NONE
                ? Jurisdictions.NONE
                : number);
      }
    };
  }

  private static Statutes texts(int address, int number) {
    int slot = address * Jurisdictions.count() + number;
    Statutes known = TEXTS.get(slot);
    if (known != null) {
      return known;
    }
    Statutes compiled = compile(address, number);
    // Whoever comes second takes what the first has kept: equal anyway.
    TEXTS.compareAndSet(slot, null, compiled);
    return TEXTS.get(slot);
  }

  private static Statutes compile(int address, int number) {
    List<String> candidates = new ArrayList<>();
    for (int index : new int[] {address, number}) {
      String code = Jurisdictions.code(index);
      if (index != Jurisdictions.NONE && !candidates.contains(code)) {
        candidates.add(code);
      }
    }
    if (number == Jurisdictions.SOME_STATE) {
      return new Statutes(
          List.copyOf(candidates), rows(Channel.SMS, null, row -> !row.provision().closesDays()));
    }
    List<String> places = new ArrayList<>(candidates);
    for (String code : candidates) {
      int dash = code.indexOf('-');
      if (dash > 0 && !places.contains(code.substring(0, dash))) {
        places.add(code.substring(0, dash));
      }
    }
    places.add("*");
    return new Statutes(List.copyOf(candidates), rows(Channel.SMS, places, row -> true));
  }

  /** The nearest places first: of two rules that say the same, the state's own is named. */
  private static List<LawRow> rows(
      Channel channel, @Nullable List<String> places, Predicate<LawRow> kept) {
    return Law.rows().stream()
        .filter(row -> row.channel() == channel)
        .filter(
            row ->
                places == null
                    ? row.jurisdiction().startsWith("US")
                    : places.contains(row.jurisdiction()))
        .filter(kept)
        .sorted(Comparator.comparing((LawRow row) -> row.jurisdiction().length()).reversed())
        .toList();
  }

  /** The states, provinces and countries that were taken for possible, such as US-FL. */
  public List<String> candidates() {
    return candidates;
  }

  /** Whether some rule closes whole days, so that an opening may be far. */
  public boolean closesDays() {
    return closesDays;
  }

  /** Whether a message may leave then. */
  public boolean allows(long epochDay, int secondOfDay) {
    for (CompiledRow row : rows) {
      if (!row.allows(epochDay, secondOfDay)) {
        return false;
      }
    }
    return true;
  }

  /** The first second of that day, not before the given one, that is allowed, or {@link #DAY}. */
  public int opening(long epochDay, int secondOfDay) {
    int from = secondOfDay;
    int until = DAY;
    for (CompiledRow row : rows) {
      if (row.holds(epochDay)) {
        from = Math.max(from, row.from());
        until = Math.min(until, row.until());
      }
    }
    return from < until ? from : DAY;
  }

  /** The second of that day until which it stays allowed from an allowed one on. */
  public int closing(long epochDay) {
    int until = DAY;
    for (CompiledRow row : rows) {
      if (row.holds(epochDay)) {
        until = Math.min(until, row.until());
      }
    }
    return until;
  }

  /**
   * The rule that forbids that moment; null when none does. Of several the one that closes the day,
   * else the one that opens last or closed first.
   */
  public @Nullable LawRow objection(long epochDay, int secondOfDay) {
    CompiledRow strictest = null;
    for (CompiledRow row : rows) {
      if (!row.allows(epochDay, secondOfDay)
          && (strictest == null || row.isStricterThan(strictest, secondOfDay))) {
        strictest = row;
      }
    }
    return strictest == null ? null : strictest.row();
  }

  /** The rule that lets the fewest texts in 24 hours reach a person; null when none counts them. */
  public @Nullable LawRow cap(long epochDay) {
    return strictest(caps, epochDay);
  }

  /** The rule by which the consent of a purchase ends first; null when it does not end. */
  public @Nullable LawRow impliedConsent(long epochDay) {
    return strictest(impliedConsents, epochDay);
  }

  private static @Nullable LawRow strictest(CompiledRow[] rows, long epochDay) {
    CompiledRow strictest = null;
    for (CompiledRow row : rows) {
      if (row.holds(epochDay) && (strictest == null || row.most() < strictest.most())) {
        strictest = row;
      }
    }
    return strictest == null ? null : strictest.row();
  }
}
