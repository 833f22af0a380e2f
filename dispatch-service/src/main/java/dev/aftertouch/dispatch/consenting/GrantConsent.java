package dev.aftertouch.dispatch.consenting;

import dev.aftertouch.dispatch.ledger.ConsentLedger;
import dev.aftertouch.dispatch.suppressing.Address;
import dev.aftertouch.dispatch.suppressing.AddressKeys;
import dev.aftertouch.dispatch.suppressing.Suppressions;
import dev.aftertouch.engine.consent.ConsentEntry;
import dev.aftertouch.engine.consent.ConsentFact;
import dev.aftertouch.engine.consent.ConsentKind;
import dev.aftertouch.engine.definition.Purpose;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a permission down. It reopens nothing: an opt-out is taken back by its recipient only. */
final class GrantConsent {
  /**
   * A permission.
   *
   * @param purpose null means all purposes
   * @param basis express or implied
   */
  record Grant(
      Address address,
      @Nullable Purpose purpose,
      String basis,
      String source,
      Instant at,
      @Nullable Instant expiresAt,
      Map<String, String> evidence) {}

  /**
   * What was written.
   *
   * @param against code of what stands against sending all the same; null when nothing does
   */
  record Granted(ConsentEntry entry, @Nullable String against) {}

  private final Tenancy tenancy;
  private final ConsentLedger ledger;
  private final AddressKeys keys;
  private final Suppressions suppressions;

  GrantConsent(Tenancy tenancy, ConsentLedger ledger, AddressKeys keys, Suppressions suppressions) {
    this.tenancy = tenancy;
    this.ledger = ledger;
    this.keys = keys;
    this.suppressions = suppressions;
  }

  Granted grant(Grant grant) {
    ConsentFact fact =
        new ConsentFact(
            grant.at(),
            ConsentEntry.hex(keys.of(grant.address())),
            grant.address().channel(),
            grant.purpose(),
            ConsentKind.GRANTED,
            grant.basis(),
            grant.source(),
            grant.evidence(),
            grant.expiresAt());
    return tenancy.asWorker(
        () -> {
          List<ConsentEntry> added =
              ledger.append(
                  grant.address().business(),
                  ledger.lock(grant.address().business()),
                  List.of(fact));
          return new Granted(
              added.getFirst(), suppressions.standing(grant.address()).against(grant.purpose()));
        });
  }
}
