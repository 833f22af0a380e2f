package dev.aftertouch.dispatch.consenting;

import dev.aftertouch.dispatch.ledger.ConsentLedger;
import dev.aftertouch.dispatch.ledger.ConsentLedger.End;
import dev.aftertouch.dispatch.replicas.Recipients;
import dev.aftertouch.dispatch.replicas.Recipients.Recipient;
import dev.aftertouch.dispatch.suppressing.Address;
import dev.aftertouch.dispatch.suppressing.AddressKeys;
import dev.aftertouch.dispatch.suppressing.Suppressions;
import dev.aftertouch.engine.consent.ConsentChain;
import dev.aftertouch.engine.consent.ConsentChain.Head;
import dev.aftertouch.engine.consent.ConsentChain.Verdict;
import dev.aftertouch.engine.consent.ConsentEntry;
import dev.aftertouch.engine.consent.Standing;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Reads ledgers, a page for each transaction, however long they are. */
final class ReadConsent {
  /** What became of an address: what stands against it now, and its entries, newest first. */
  record History(Address address, String key, Standing standing, List<ConsentEntry> entries) {}

  private static final int PAGE = 1_000;
  private static final int LONGEST_HISTORY = 500;

  private final Tenancy tenancy;
  private final ConsentLedger ledger;
  private final AddressKeys keys;
  private final Suppressions suppressions;
  private final Recipients recipients;

  ReadConsent(
      Tenancy tenancy,
      ConsentLedger ledger,
      AddressKeys keys,
      Suppressions suppressions,
      Recipients recipients) {
    this.tenancy = tenancy;
    this.ledger = ledger;
    this.keys = keys;
    this.suppressions = suppressions;
    this.recipients = recipients;
  }

  /** Of an address; an empty one where nothing is known of it. */
  History of(Address address) {
    byte[] key = keys.of(address);
    return tenancy.asBusiness(
        address.business(),
        () ->
            new History(
                address,
                ConsentEntry.hex(key),
                suppressions.standing(address),
                ledger.of(address.business(), key, LONGEST_HISTORY)));
  }

  /** The addresses of a customer; empty for one that is not known or was erased. */
  Optional<List<Address>> addressesOf(UUID business, UUID customer) {
    Recipients.Key key = new Recipients.Key(business, customer);
    return Optional.ofNullable(
            tenancy.asBusiness(business, () -> recipients.find(List.of(key))).get(key))
        .filter(recipient -> !recipient.erased())
        .map(recipient -> addresses(business, recipient));
  }

  private static List<Address> addresses(UUID business, Recipient recipient) {
    List<Address> addresses = new ArrayList<>();
    if (recipient.email() != null) {
      addresses.add(Address.email(business, recipient.email()));
    }
    if (recipient.phone() != null) {
      addresses.add(Address.phone(business, recipient.phone()));
    }
    return addresses;
  }

  /** What the ledger ends with now. */
  Head head(UUID business) {
    return tenancy.asBusiness(business, () -> ledger.end(business)).head();
  }

  /** All entries up to that number, in their order. */
  void each(UUID business, long last, Consumer<ConsentEntry> reader) {
    long read = 0;
    while (read < last) {
      long from = read;
      List<ConsentEntry> page =
          tenancy.asBusiness(business, () -> ledger.after(business, from, PAGE));
      for (ConsentEntry entry : page) {
        if (entry.number() > last) {
          return;
        }
        reader.accept(entry);
        read = entry.number();
      }
      if (page.size() < PAGE) {
        return;
      }
    }
  }

  /** Reckons the whole chain again. What is written meanwhile does not count. */
  Verdict verify(UUID business) {
    End end = tenancy.asBusiness(business, () -> ledger.end(business));
    ConsentChain.Verification verification = new ConsentChain.Verification(business);
    each(business, Math.max(end.highest(), end.head().number()), verification::read);
    return verification.end(end.head());
  }
}
