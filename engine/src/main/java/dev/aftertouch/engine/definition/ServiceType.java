package dev.aftertouch.engine.definition;

import java.util.Locale;
import java.util.Optional;

/** The trades that jobs belong to (MT-D1). A campaign without one serves all of them. */
public enum ServiceType {
  HVAC,
  PLUMBING,
  ELECTRICAL,
  CLEANING,
  ROOFING,
  PAINTING,
  HANDYMAN,
  OTHER;

  /** The word used in JSON, SQL and topics. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type of that code, whatever its case; empty where there is none. */
  public static Optional<ServiceType> of(String code) {
    for (ServiceType type : values()) {
      if (type.code().equals(code.strip().toLowerCase(Locale.ROOT))) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
