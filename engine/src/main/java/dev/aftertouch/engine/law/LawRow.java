package dev.aftertouch.engine.law;

import dev.aftertouch.engine.definition.Channel;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One dated rule.
 *
 * @param id stable; names the rule in evidence
 * @param jurisdiction a country (US), a state or province (US-FL), or {@code *} for everywhere
 * @param basis whether the law says so or we do
 * @param effectiveFrom the first day, in the recipient's zone; null means always
 * @param effectiveUntil the last day; null means until further notice
 * @param source a citation or an address
 * @param note what is uncertain; null where nothing is to be said
 */
public record LawRow(
    String id,
    String jurisdiction,
    Channel channel,
    Basis basis,
    Provision provision,
    @Nullable LocalDate effectiveFrom,
    @Nullable LocalDate effectiveUntil,
    String source,
    @Nullable String note) {

  /** What a rule rests on. */
  public enum Basis {
    /** A statute, a regulation or an order. */
    LAW,
    /** Our own decision. */
    PRODUCT;

    /** The word used in JSON and evidence. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it holds on that day. */
  public boolean isInForce(LocalDate day) {
    return (effectiveFrom == null || !day.isBefore(effectiveFrom))
        && (effectiveUntil == null || !day.isAfter(effectiveUntil));
  }

  /** The rule in words, beginning with who says so. */
  public String inWords() {
    String who =
        switch (basis) {
          case LAW -> Jurisdictions.name(jurisdiction);
          case PRODUCT -> "the product";
        };
    String what =
        switch (channel) {
          case SMS -> "texts";
          case EMAIL -> "e-mails";
        };
    return switch (provision) {
      case Provision.Hours hours ->
          "%s allows %s from %s to %s%s"
              .formatted(who, what, hours.from(), hours.until(), on(hours.days()));
      case Provision.ClosedDays closed ->
          "%s allows no %s%s".formatted(who, what, on(closed.days()));
      case Provision.Holidays holidays -> "%s allows no %s on holidays".formatted(who, what);
      case Provision.Cap cap ->
          "%s allows %d %s to a person in 24 hours".formatted(who, cap.most(), what);
      case Provision.ImpliedConsent implied ->
          "%s allows %s without express consent for %d months after a purchase"
              .formatted(who, what, implied.months());
    };
  }

  private static String on(Set<DayOfWeek> days) {
    return days.size() == 7
        ? ""
        : days.stream()
            .sorted()
            .map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH) + "s")
            .collect(Collectors.joining(", ", " on ", ""));
  }
}
