package dev.aftertouch.dispatch.suppressing;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.engine.definition.Purpose;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Addresses and scopes as people write them; what is none is refused with its field. */
public final class GivenAddress {
  private static final int LONGEST_EMAIL = 254;
  private static final String DEFAULT_COUNTRY = "US";

  private GivenAddress() {}

  /** The address, normalised. */
  public static Address read(UUID business, @Nullable String channel, @Nullable String address) {
    String given = address == null ? "" : address.strip();
    return switch (channel) {
      case "email" -> {
        if (given.length() > LONGEST_EMAIL || !given.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")) {
          throw invalid(
              "address", "not_an_email", "Enter an e-mail address such as ann@example.com.");
        }
        yield Address.email(business, given);
      }
      case "sms" -> Address.phone(business, e164(given));
      case null, default ->
          throw invalid("channel", "unknown_channel", "The channel must be email or sms.");
    };
  }

  private static String e164(String given) {
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    try {
      PhoneNumber number = numbers.parse(given, DEFAULT_COUNTRY);
      if (numbers.isPossibleNumber(number)) {
        return numbers.format(number, PhoneNumberFormat.E164);
      }
    } catch (NumberParseException unreadable) {
      // Answered below as any other number that is none.
    }
    throw invalid("address", "not_a_phone_number", "Enter a phone number such as +13035550100.");
  }

  /** The purpose; null, which means all of them, where none is named. */
  public static @Nullable Purpose purpose(@Nullable String code) {
    if (code == null || code.equals("all")) {
      return null;
    }
    return Purpose.of(code)
        .orElseThrow(
            () ->
                invalid(
                    "purpose",
                    "unknown_purpose",
                    "The purpose must be all, follow_up, fundraising, newsletter or transactional."));
  }

  /** A refusal because of one field. */
  public static RefusedException invalid(String field, String code, String message) {
    return new RefusedException(Problems.invalid(List.of(new FieldError(field, code, message))));
  }
}
