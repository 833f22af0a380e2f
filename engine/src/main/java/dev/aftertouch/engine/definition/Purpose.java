package dev.aftertouch.engine.definition;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a message is for: only that decides how it is treated, not what it calls itself. All but
 * {@link #TRANSACTIONAL} is marketing.
 */
public enum Purpose {
  /** Review requests and whatever follows up finished work. */
  FOLLOW_UP,
  /** Appeals to donors. */
  FUNDRAISING,
  /** News and offers. */
  NEWSLETTER,
  /** What the customer asked for, such as the confirmation of an appointment. */
  TRANSACTIONAL;

  /** The purpose of a campaign that names none. */
  public static Purpose of(CampaignKind kind) {
    return switch (kind) {
      case MULTI_TOUCH, EVENT -> FOLLOW_UP;
      case DRIP, REENGAGEMENT, RETENTION, NURTURE -> NEWSLETTER;
      case TRACK15 -> FUNDRAISING;
    };
  }

  /** The purpose of a campaign's touches. */
  public static Purpose of(CampaignDefinition definition) {
    Purpose named = definition.settings().purpose();
    return named == null ? of(definition.kind()) : named;
  }

  /** The same of a definition's own words for kind and purpose. */
  public static Purpose written(String kind, @Nullable String purpose) {
    return of(purpose).orElseGet(() -> of(CampaignKind.valueOf(kind.toUpperCase(Locale.ROOT))));
  }

  /** The purpose of that code; empty where there is none. */
  public static Optional<Purpose> of(@Nullable String code) {
    for (Purpose purpose : values()) {
      if (purpose.code().equals(code)) {
        return Optional.of(purpose);
      }
    }
    return Optional.empty();
  }

  /** The word used in JSON and SQL. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
