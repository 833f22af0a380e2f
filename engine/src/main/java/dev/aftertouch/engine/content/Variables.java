package dev.aftertouch.engine.content;

import java.util.Set;
import java.util.regex.Pattern;

/** The variables that a template may use (CB-09). */
public final class Variables {
  /** All of them, other than the business's own fields {@code custom.<field>}. */
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
          "unsubscribe_link",
          "feedback_link");

  private static final Pattern CUSTOM = Pattern.compile("custom\\.[A-Za-z0-9_]{1,64}");

  private Variables() {}

  /** Whether a template may use that variable. */
  public static boolean isKnown(String name) {
    return KNOWN.contains(name) || CUSTOM.matcher(name).matches();
  }
}
