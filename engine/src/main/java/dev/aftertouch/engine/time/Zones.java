package dev.aftertouch.engine.time;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * In which zones may a customer be? An unknown zone is never a licence to send: it means more
 * candidates, and a message leaves only when all of them allow it.
 */
public final class Zones {
  /** Every zone of the fifty states, Alaska and Hawaii included. */
  public static final List<ZoneId> UNKNOWN_US = Regions.FIFTY_STATES;

  /** The zones, never empty, and what they rest on. */
  public record Candidates(List<ZoneId> zones, ZoneEvidence evidence) {
    public Candidates {
      if (zones.isEmpty()) {
        throw new IllegalArgumentException("At least one candidate zone is needed");
      }
      zones = List.copyOf(zones);
    }
  }

  /**
   * What is known of a customer's whereabouts. All may be null or empty.
   *
   * @param timeZone IANA id that the job system gave
   * @param country ISO 3166-1 alpha-2 of the service address; the business's when the address has
   *     none
   * @param region two-letter code of the state or province in the US and Canada, or ISO 3166-2 such
   *     as US-FL
   * @param phoneZones IANA ids by the number's area
   */
  public record Clues(
      @Nullable String timeZone,
      @Nullable String country,
      @Nullable String region,
      Collection<String> phoneZones,
      @Nullable String businessTimeZone) {}

  private Zones() {}

  /**
   * The candidates by the best evidence there is; an unknown zone id, state or country counts as
   * not given.
   */
  public static Candidates of(Clues clues) {
    Optional<ZoneId> named = region(clues.timeZone());
    if (named.isPresent()) {
      return new Candidates(List.of(named.get()), ZoneEvidence.CUSTOMER);
    }
    List<ZoneId> address = ofRegion(clues.country(), clues.region());
    if (!address.isEmpty()) {
      return new Candidates(address, ZoneEvidence.ADDRESS);
    }
    List<ZoneId> country = ofCountry(clues.country());
    if (country.size() == 1) {
      return new Candidates(country, ZoneEvidence.ADDRESS);
    }
    List<ZoneId> phone =
        clues.phoneZones().stream()
            .map(Zones::region)
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    if (!phone.isEmpty()) {
      return new Candidates(phone, ZoneEvidence.PHONE);
    }
    if (!country.isEmpty()) {
      return new Candidates(country, ZoneEvidence.COUNTRY);
    }
    return region(clues.businessTimeZone())
        .map(zone -> new Candidates(List.of(zone), ZoneEvidence.BUSINESS))
        .orElse(new Candidates(UNKNOWN_US, ZoneEvidence.UNKNOWN));
  }

  /** The zones of a US state or Canadian province; empty where the code is unknown. */
  public static List<ZoneId> ofRegion(@Nullable String country, @Nullable String region) {
    if (country == null || region == null) {
      return List.of();
    }
    String land = upper(country);
    String code = upper(region);
    Map<String, List<ZoneId>> regions = Regions.BY_COUNTRY.getOrDefault(land, Map.of());
    return regions.getOrDefault(code.startsWith(land + "-") ? code.substring(3) : code, List.of());
  }

  /** All zones of a country; empty where the code is unknown. */
  public static List<ZoneId> ofCountry(@Nullable String country) {
    if (country == null) {
      return List.of();
    }
    return switch (upper(country)) {
      case "US" -> UNKNOWN_US;
      case "CA" -> Regions.CANADIAN;
      default -> CountryZones.BY_COUNTRY.getOrDefault(upper(country), List.of());
    };
  }

  /**
   * The zone of that IANA id; empty for anything else. A bare offset such as +05:00 or UTC-5 is
   * refused too: it is wrong half of the year.
   */
  public static Optional<ZoneId> region(@Nullable String id) {
    if (id == null || id.isBlank()) {
      return Optional.empty();
    }
    try {
      ZoneId zone = ZoneId.of(id.strip());
      boolean isRegion = zone.getId().indexOf('/') > 0 && !zone.getId().startsWith("Etc/");
      return isRegion ? Optional.of(zone) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String upper(String code) {
    return code.strip().toUpperCase(Locale.ROOT);
  }
}
