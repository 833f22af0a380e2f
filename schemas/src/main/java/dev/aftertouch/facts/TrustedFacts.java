package dev.aftertouch.facts;

import org.apache.avro.util.ClassSecurityValidator;

/** Avro instantiates only classes that the program vouches for; these are ours. */
public final class TrustedFacts {
  private TrustedFacts() {}

  /**
   * Vouches for the facts of this package, beside what Avro trusts by itself. Call it once before
   * the first fact is read.
   */
  public static void vouch() {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.DEFAULT,
            type -> type.getPackageName().equals(TrustedFacts.class.getPackageName())));
  }
}
