package dev.aftertouch.enrollment.customers;

import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.time.Zones;
import dev.aftertouch.enrollment.ids.NamedIds;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a customer, and what a job fact adds. A fact that says nothing of a field leaves
 * it as it is; an address or number that is none is ignored and noted.
 */
final class Merging {
  private Merging() {}

  /**
   * The customer after the fact: the same object when nothing changed, the same revision when it
   * was only told again.
   */
  static Customer merge(
      @Nullable Customer known, Told told, BusinessSettings business, Instant now) {
    List<String> notes = new ArrayList<>();
    boolean newer = known == null || !told.at().isBefore(known.toldAt());
    Map<String, String> address =
        known == null || known.address().isEmpty()
            ? clean(told.address())
            : newer && !told.address().isEmpty() ? clean(told.address()) : known.address();
    String country = address.getOrDefault("country", business.country());
    Optional<PhoneNumbers.Number> toldPhone = phone(told.phone(), country, notes);
    Optional<String> toldEmail = email(told.email(), notes);
    Optional<String> toldZone = zone(told.timeZone(), notes);
    String phone =
        pick(
            newer,
            known == null ? null : known.phone(),
            toldPhone.map(PhoneNumbers.Number::e164).orElse(null));
    String zone = pick(newer, known == null ? null : known.givenZone(), toldZone.orElse(null));
    String state = address.get("state");
    Zones.Candidates candidates =
        Zones.of(
            new Zones.Clues(
                zone, country, state, phoneZones(phone, toldPhone, country), business.timeZone()));
    Customer merged =
        new Customer(
            told.key().businessId(),
            known == null
                ? NamedIds.customer(told.key().businessId(), told.key().externalId())
                : known.customerId(),
            told.key().externalId(),
            pick(newer, known == null ? null : known.firstName(), blankToNull(told.firstName())),
            pick(newer, known == null ? null : known.lastName(), blankToNull(told.lastName())),
            pick(newer, known == null ? null : known.email(), toldEmail.orElse(null)),
            phone,
            address,
            zone,
            region(country, state),
            candidates.zones().stream().map(ZoneId::getId).toList(),
            candidates.evidence().code(),
            fields(newer, known == null ? Map.of() : known.customFields(), told.customFields()),
            List.copyOf(notes),
            known == null ? 1 : known.revision() + 1,
            known == null || newer ? told.at() : known.toldAt(),
            known == null ? now : known.createdAt());
    if (known == null || !merged.saysTheSameAs(known)) {
      return merged;
    }
    return merged.toldAt().equals(known.toldAt())
        ? known
        : known.withRevision(known.revision(), merged.toldAt());
  }

  private static @Nullable String pick(
      boolean newer, @Nullable String known, @Nullable String told) {
    if (known == null) {
      return told;
    }
    return newer && told != null ? told : known;
  }

  private static Map<String, String> fields(
      boolean newer, Map<String, String> known, Map<String, String> told) {
    Map<String, String> fields = new TreeMap<>(newer ? known : told);
    fields.putAll(newer ? told : known);
    return Map.copyOf(fields);
  }

  private static Map<String, String> clean(Map<String, String> address) {
    Map<String, String> clean = new TreeMap<>();
    address.forEach(
        (name, value) -> {
          if (!value.isBlank()) {
            clean.put(
                name,
                name.equals("country") ? value.strip().toUpperCase(Locale.ROOT) : value.strip());
          }
        });
    return Map.copyOf(clean);
  }

  private static Optional<PhoneNumbers.Number> phone(
      @Nullable String entered, String country, List<String> notes) {
    if (entered == null || entered.isBlank()) {
      return Optional.empty();
    }
    Optional<PhoneNumbers.Number> number = PhoneNumbers.parse(entered, country);
    if (number.isEmpty()) {
      notes.add("The phone number is not valid in " + country + " and was ignored.");
    }
    return number;
  }

  private static Optional<String> email(@Nullable String entered, List<String> notes) {
    if (entered == null || entered.isBlank()) {
      return Optional.empty();
    }
    Optional<String> address = EmailAddresses.normalised(entered);
    if (address.isEmpty()) {
      notes.add("The e-mail address is not valid and was ignored.");
    }
    return address;
  }

  private static Optional<String> zone(@Nullable String entered, List<String> notes) {
    if (entered == null || entered.isBlank()) {
      return Optional.empty();
    }
    Optional<String> zone = Zones.region(entered).map(ZoneId::getId);
    if (zone.isEmpty()) {
      notes.add("The time zone is not an IANA region and was ignored.");
    }
    return zone;
  }

  /** The zones of the number, which is most often the one just told and need not be read again. */
  private static List<String> phoneZones(
      @Nullable String phone, Optional<PhoneNumbers.Number> told, String country) {
    if (phone == null) {
      return List.of();
    }
    return told.filter(number -> number.e164().equals(phone))
        .or(() -> PhoneNumbers.parse(phone, country))
        .map(PhoneNumbers.Number::timeZones)
        .orElse(List.of());
  }

  private static @Nullable String region(String country, @Nullable String state) {
    if (state == null || Zones.ofRegion(country, state).isEmpty()) {
      return null;
    }
    String code = state.strip().toUpperCase(Locale.ROOT);
    return code.startsWith(country + "-") ? code : country + "-" + code;
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
