package dev.aftertouch.engine.content;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that a template may use (CB-09). */
public final class Variables {
  /** Names with a meaning of their own. */
  public static final Set<String> KNOWN =
      Set.of(
          "first_name",
          "last_name",
          "contact_name",
          "company_name",
          "user_name",
          "user_phone",
          "estimate_amount",
          "monthly_payment",
          "review_link",
          "calendar_link",
          "booking_link",
          "feedback_link",
          "unsubscribe_link",
          "postal_address",
          "job_service");

  /** Before the name of a custom field of the customer. */
  public static final String CUSTOM = "custom.";

  static final String UNSUBSCRIBE = "unsubscribe_link";
  static final String POSTAL_ADDRESS = "postal_address";
  static final String COMPANY = "company_name";

  private static final Map<String, String> TRACKED =
      Map.of(
          "review_link", "review",
          "calendar_link", "calendar",
          "booking_link", "booking",
          "feedback_link", "feedback");

  private static final int CUSTOM_NAME_LIMIT = 64;

  private Variables() {}

  /**
   * Whether a template may use that name: a known one, or {@code custom.} and a field of letters,
   * digits, - and _.
   */
  public static boolean isKnown(String name) {
    return KNOWN.contains(name) || isCustom(name);
  }

  /**
   * The name under which clicks on that variable's link are counted; null for one that is not
   * tracked.
   */
  static @Nullable String trackedName(String variable) {
    return TRACKED.get(variable);
  }

  private static boolean isCustom(String name) {
    if (!name.startsWith(CUSTOM)) {
      return false;
    }
    String field = name.substring(CUSTOM.length());
    return !field.isEmpty()
        && field.length() <= CUSTOM_NAME_LIMIT
        && field.toLowerCase(Locale.ROOT).chars().allMatch(Variables::isFieldCharacter);
  }

  private static boolean isFieldCharacter(int c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-';
  }
}
