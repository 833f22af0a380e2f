package dev.aftertouch.engine.time;

import java.util.Locale;

/** What the recipient's zones rest on, best first. */
public enum ZoneEvidence {
  /** The job system named the customer's zone. */
  CUSTOMER,
  /** The state or province, or a country of one zone, of the service address. */
  ADDRESS,
  /** The area of the phone number. */
  PHONE,
  /** Only the country is known: all its zones. */
  COUNTRY,
  /** Nothing is known of the customer: the zone of the business. */
  BUSINESS,
  /** Nothing is known at all: every zone of the United States. */
  UNKNOWN;

  /** The word used in topics and evidence. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
