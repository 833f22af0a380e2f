package dev.aftertouch.analytics.projecting;

import dev.aftertouch.service.tenancy.Tenancy;
import java.util.Collection;

/** Lets tests of other packages fill the projections. */
public class FactsFolder {
  private final Fold fold;
  private final Tenancy tenancy;
  private final Consumed consumed;

  FactsFolder(Fold fold, Tenancy tenancy, Consumed consumed) {
    this.fold = fold;
    this.tenancy = tenancy;
    this.consumed = consumed;
  }

  public void fold(Collection<?> facts) {
    new Folding(fold, tenancy, consumed).fold(facts);
  }
}
