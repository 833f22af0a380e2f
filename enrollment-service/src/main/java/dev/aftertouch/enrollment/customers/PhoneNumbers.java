package dev.aftertouch.enrollment.customers;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import java.util.Optional;

/** Phone numbers as entered, by the numbering plans that libphonenumber knows. */
final class PhoneNumbers {
  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
  private static final PhoneNumberToTimeZonesMapper ZONES =
      PhoneNumberToTimeZonesMapper.getInstance();

  private PhoneNumbers() {}

  /**
   * A valid number.
   *
   * @param timeZones IANA ids by the number's area; empty where the number tells nothing
   */
  record Number(String e164, List<String> timeZones) {}

  /** The number; empty for anything that is none in the country (ISO 3166-1 alpha-2). */
  static Optional<Number> parse(String entered, String country) {
    try {
      PhoneNumber number = NUMBERS.parse(entered, country);
      return NUMBERS.isValidNumber(number)
          ? Optional.of(new Number(NUMBERS.format(number, PhoneNumberFormat.E164), zones(number)))
          : Optional.empty();
    } catch (NumberParseException notANumber) {
      return Optional.empty();
    }
  }

  private static List<String> zones(PhoneNumber number) {
    return ZONES.getTimeZonesForNumber(number).stream()
        .filter(zone -> !zone.equals(PhoneNumberToTimeZonesMapper.getUnknownTimeZone()))
        .toList();
  }
}
