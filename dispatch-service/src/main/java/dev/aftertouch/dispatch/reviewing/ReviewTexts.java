package dev.aftertouch.dispatch.reviewing;

import dev.aftertouch.dispatch.reviewing.Reviews.Review;
import dev.aftertouch.dispatch.suppressing.Address;
import dev.aftertouch.dispatch.suppressing.AddressKeys;
import dev.aftertouch.dispatch.suppressing.RecordStops;
import dev.aftertouch.dispatch.suppressing.RecordStops.Cause;
import dev.aftertouch.dispatch.suppressing.StopBarrier;
import dev.aftertouch.dispatch.suppressing.SuppressionReason;
import dev.aftertouch.engine.inbound.InboundText;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Holds everything to the sender of a text in doubt until a person has decided. The hold and the
 * queue's entry are one transaction; so are the decision and what follows of it. Who holds and who
 * releases lock the business's suppressions first, so that a text which comes while another is
 * decided is not released with it.
 */
public final class ReviewTexts {
  /** What a person makes of it. */
  enum Decision {
    OPT_OUT,
    GO_ON
  }

  /** What came of deciding. */
  enum Outcome {
    DECIDED,
    UNKNOWN,
    DECIDED_BEFORE
  }

  private static final int SOURCE_BYTES = 8;

  private final Tenancy tenancy;
  private final Reviews reviews;
  private final RecordStops stops;
  private final AddressKeys keys;
  private final StopBarrier barrier;
  private final InstantSource clock;

  ReviewTexts(
      Tenancy tenancy,
      Reviews reviews,
      RecordStops stops,
      AddressKeys keys,
      StopBarrier barrier,
      InstantSource clock) {
    this.tenancy = tenancy;
    this.reviews = reviews;
    this.stops = stops;
    this.keys = keys;
    this.barrier = barrier;
    this.clock = clock;
  }

  /**
   * Queues a text and holds, in the caller's transaction; the caller passes the barrier after its
   * commit.
   */
  public void queue(Address phone, String body, InboundText read, Instant at) {
    String source = source(keys.of(phone));
    stops.hold(phone, new Cause(source + "/" + at, source, at, Map.of("rule", read.rule())));
    List<UUID> customers = stops.customersOf(phone);
    reviews.add(phone, customers.isEmpty() ? null : customers.getFirst(), body, read, at);
  }

  /** Returns when what was decided holds at the gate. */
  Outcome decide(UUID business, UUID id, Decision decision, String by) {
    Instant now = clock.instant();
    Outcome outcome = tenancy.asWorker(() -> inTransaction(business, id, decision, by, now));
    barrier.pass();
    return outcome;
  }

  private Outcome inTransaction(UUID business, UUID id, Decision decision, String by, Instant now) {
    Review review = reviews.find(business, id).orElse(null);
    if (review == null) {
      return Outcome.UNKNOWN;
    }
    String number = review.address();
    stops.lock(business);
    if (!reviews.decide(business, id, decision, by, now)) {
      return Outcome.DECIDED_BEFORE;
    }
    Cause cause = new Cause(id.toString(), "review", now, Map.of("by", by));
    if (decision == Decision.OPT_OUT && number == null) {
      stops.optOut(business, review.key(), cause);
    } else if (decision == Decision.OPT_OUT && number != null) {
      stops.suppress(
          Address.phone(business, number),
          SuppressionReason.OPTED_OUT,
          StopReason.OPTED_OUT_SMS,
          null,
          cause);
    }
    if (!reviews.hasOpen(business, review.key())) {
      stops.release(business, source(review.key()), cause);
    }
    return Outcome.DECIDED;
  }

  /**
   * Erases the customer's texts, in the caller's transaction. One that still waits for somebody to
   * read it counts as an opt-out of its number, which outlives the number as a key; nothing else is
   * held any more. Returns how many texts there were.
   */
  public int erase(UUID business, UUID customer, Instant at) {
    Cause cause = new Cause("erasure/" + customer, "erasure", at);
    for (byte[] key : reviews.decideErased(business, customer, at)) {
      stops.optOut(business, key, cause);
      if (!reviews.hasOpen(business, key)) {
        stops.release(business, source(key), cause);
      }
    }
    return reviews.empty(business, customer);
  }

  /** Names the holds of one number, without the number. */
  private static String source(byte[] key) {
    return "text_in_doubt/" + HexFormat.of().formatHex(key, 0, SOURCE_BYTES);
  }
}
