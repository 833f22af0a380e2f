package dev.aftertouch.dispatch.erasing;

import dev.aftertouch.dispatch.erasing.Erasures.Open;
import dev.aftertouch.dispatch.erasing.Erasures.Touch;
import dev.aftertouch.dispatch.reviewing.ReviewTexts;
import dev.aftertouch.dispatch.suppressing.Address;
import dev.aftertouch.dispatch.suppressing.AddressKeys;
import dev.aftertouch.dispatch.suppressing.StopBarrier;
import dev.aftertouch.facts.CustomerDataErased;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.outbox.Outbox;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Erases customers who are marked as erased, and says so when it is complete.
 *
 * <p>The barrier is passed between the mark and the work: gate transactions that had not seen the
 * mark have ended by then, and every later one skips the customer's touches. What they claimed may
 * still be in a hand-over, whose bytes must stay until it is settled: the rest is erased at once,
 * that when it has ended, and until then the erasure is not complete. A crash anywhere leaves the
 * mark, and the work begins again.
 */
final class EraseCustomers {
  private static final String HERE = "dispatch-service";

  private final Tenancy tenancy;
  private final Erasures erasures;
  private final ReviewTexts reviews;
  private final AddressKeys keys;
  private final StopBarrier barrier;
  private final Outbox outbox;
  private final InstantSource clock;

  EraseCustomers(
      Tenancy tenancy,
      Erasures erasures,
      ReviewTexts reviews,
      AddressKeys keys,
      StopBarrier barrier,
      Outbox outbox,
      InstantSource clock) {
    this.tenancy = tenancy;
    this.erasures = erasures;
    this.reviews = reviews;
    this.keys = keys;
    this.barrier = barrier;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Works on one, in a transaction of its own; tells whether there may be more. Locks: touches,
   * then the business's consent ledger, as settling does.
   */
  boolean round() {
    if (!tenancy.asWorker(erasures::due)) {
      return false;
    }
    barrier.pass();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return tenancy.asWorker(
        () -> {
          Open open = erasures.take().orElse(null);
          if (open != null) {
            erase(open, now);
          }
          return open != null;
        });
  }

  private void erase(Open erasure, Instant now) {
    List<Touch> touches = erasures.touches(erasure);
    List<Touch> ended = touches.stream().filter(touch -> !touch.claimed()).toList();
    List<UUID> attempts = ended.stream().flatMap(touch -> touch.attempts().stream()).toList();
    Set<Address> addresses = new LinkedHashSet<>(erasure.known());
    addresses.addAll(erasures.addressesOf(erasure));
    List<Address> own =
        addresses.stream().filter(address -> !erasures.isAnothers(address)).toList();

    Map<String, Long> counts = new TreeMap<>(erasure.counts());
    add(counts, "reviews", reviews.erase(erasure.business(), erasure.customer(), now));
    add(counts, "messages", erasures.eraseMessages(erasure, attempts));
    add(counts, "touches", erasures.eraseTouches(erasure, ended.stream().map(Touch::id).toList()));
    add(counts, "link_hits", erasures.eraseAgents(erasure, attempts));
    add(counts, "feedback", erasures.eraseFeedback(erasure));
    add(
        counts,
        "suppressed_addresses",
        erasures.eraseSuppressedAddresses(erasure, own.stream().map(keys::of).toList()));
    add(counts, "webhooks", own.stream().mapToInt(erasures::eraseWebhooks).sum());
    erasures.releaseClicks(erasure);
    if (ended.size() < touches.size()) {
      erasures.waits(erasure, counts);
    } else {
      erasures.complete(erasure, counts, now);
      tell(erasure, counts, now);
    }
  }

  private void tell(Open erasure, Map<String, Long> counts, Instant now) {
    outbox.add(
        erasure.business(),
        Topics.ERASURES,
        erasure.customer().toString(),
        new CustomerDataErased(
            erasure.business(), erasure.customer(), HERE, now, counts, List.of()));
  }

  private static void add(Map<String, Long> counts, String name, int number) {
    counts.merge(name, (long) number, Long::sum);
  }
}
