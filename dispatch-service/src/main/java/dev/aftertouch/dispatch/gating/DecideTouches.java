package dev.aftertouch.dispatch.gating;

import dev.aftertouch.dispatch.gating.ComposeTouch.Composed;
import dev.aftertouch.dispatch.gating.ComposeTouch.Request;
import dev.aftertouch.dispatch.gating.GateReadings.Read;
import dev.aftertouch.dispatch.messages.AttemptIds;
import dev.aftertouch.dispatch.replicas.Businesses.Business;
import dev.aftertouch.dispatch.replicas.Recipients;
import dev.aftertouch.dispatch.replicas.Recipients.Recipient;
import dev.aftertouch.dispatch.replicas.Versions.Version;
import dev.aftertouch.dispatch.sending.Parcel;
import dev.aftertouch.dispatch.settling.Flight;
import dev.aftertouch.dispatch.settling.OpenClaims;
import dev.aftertouch.dispatch.settling.Parcels;
import dev.aftertouch.dispatch.settling.SettleTouches;
import dev.aftertouch.dispatch.settling.StoredTouch;
import dev.aftertouch.dispatch.settling.StoredTouch.Key;
import dev.aftertouch.dispatch.settling.StoredTouches;
import dev.aftertouch.dispatch.settling.TouchState;
import dev.aftertouch.dispatch.suppressing.StopBarrier;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.gate.Decision;
import dev.aftertouch.engine.gate.Gate;
import dev.aftertouch.engine.gate.GateFacts;
import dev.aftertouch.engine.gate.GateFacts.Content;
import dev.aftertouch.engine.gate.GatePolicy;
import dev.aftertouch.engine.gate.LeftClaims;
import dev.aftertouch.engine.gate.Validity;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.engine.law.Statutes;
import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The gate: one transaction for a batch. It enters the barrier, reads, decides with the engine,
 * freezes what may leave and claims it, and commits. See the README for the states and crash
 * windows.
 *
 * <p>Locks, in this order: the barrier (shared), pacing ledgers by (business, channel), touch rows
 * by (business, touch). Two gates over the same touches: the second waits for the first's rows,
 * finds them taken, and begins again, which then answers from what is stored.
 *
 * <p>Where a business wants a least gap between two touches to a customer, the ledgers of all its
 * channels are locked: its gates come one after the other, and each reads, once it holds them, when
 * the customers were last sent a touch. Where the law of a customer's state counts texts, it reads
 * those of his last 24 hours, under the ledger of the business's texts.
 */
final class DecideTouches implements OpenClaims {
  /** What is claimed is frozen: its words are not asked for. */
  private static final Supplier<Content> UNASKED =
      () -> {
        throw new IllegalStateException("The words of a claimed touch are frozen");
      };

  /**
   * The batch's answers.
   *
   * @param answers to be published now: deferred, skipped, and what was answered before
   * @param flight the claims to be handed over
   * @param parcels in which these go
   */
  record Decided(List<StoredTouch> answers, Flight flight, List<Parcel> parcels) {}

  private final Tenancy tenancy;
  private final StopBarrier barrier;
  private final StoredTouches stored;
  private final GateReadings readings;
  private final ReplicaPatience patience;
  private final PacingLedgers ledgers;
  private final LastTouches lastTouches;
  private final Duration slotGrace;
  private final Duration lease;
  private final ComposeTouch composer;
  private final Claims claims;
  private final Parcels parcels;

  DecideTouches(
      Tenancy tenancy,
      StopBarrier barrier,
      StoredTouches stored,
      GateReadings readings,
      ReplicaPatience patience,
      PacingLedgers ledgers,
      LastTouches lastTouches,
      Duration slotGrace,
      Duration lease,
      ComposeTouch composer,
      Claims claims,
      Parcels parcels) {
    this.tenancy = tenancy;
    this.barrier = barrier;
    this.stored = stored;
    this.readings = readings;
    this.patience = patience;
    this.ledgers = ledgers;
    this.lastTouches = lastTouches;
    this.slotGrace = slotGrace;
    this.lease = lease;
    this.composer = composer;
    this.claims = claims;
    this.parcels = parcels;
  }

  /** Decides a batch at that instant. A repeat of a touch and round is answered as before. */
  Decided decide(List<TouchDue> batch, Instant now) {
    Map<Key, TouchDue> due = newestRounds(batch);
    patience.look(List.copyOf(due.values()));
    return tenancy.asWorker(() -> inTransaction(due, now));
  }

  /** One entry for each touch, in the order of the rows; of several rounds the last. */
  private static Map<Key, TouchDue> newestRounds(List<TouchDue> batch) {
    Map<Key, TouchDue> newest = new TreeMap<>(SettleTouches.ROW_ORDER);
    for (TouchDue touch : batch) {
      newest.merge(DueTouches.key(touch), touch, (a, b) -> a.getRound() >= b.getRound() ? a : b);
    }
    return newest;
  }

  private Decided inTransaction(Map<Key, TouchDue> due, Instant now) {
    barrier.enter();
    Map<Key, StoredTouch> before = stored.find(due.keySet());
    List<StoredTouch> answers = new ArrayList<>();
    List<TouchDue> open = new ArrayList<>(due.size());
    due.forEach(
        (key, touch) -> {
          StoredTouch known = before.get(key);
          if (known == null || isDecidable(known, touch)) {
            open.add(touch);
          } else if (known.state() != TouchState.CLAIMED) {
            answers.add(known);
          }
          // Still claimed: whoever claimed it answers, or the sweeper does.
        });
    if (open.isEmpty()) {
      return new Decided(answers, Flight.NONE, List.of());
    }
    Read read = readings.read(open);
    patience.await(open, read);
    List<Verdict> verdicts = decideAll(open, before, read, composer::compose, now);
    Flight flight = claims.write(verdicts, before, now);
    for (Verdict verdict : verdicts) {
      if (verdict.touch().state() != TouchState.CLAIMED) {
        answers.add(verdict.touch());
      }
    }
    return new Decided(answers, flight, parcels.pack(flight.claims()));
  }

  private static boolean isDecidable(StoredTouch known, TouchDue touch) {
    return known.state() == TouchState.DEFERRED && known.round() < touch.getRound();
  }

  /**
   * Decides one more attempt of a touch, in the caller's transaction, which has entered the
   * barrier. Stores nothing but a slot in the ledger.
   */
  Verdict decideAgain(
      TouchDue touch, StoredTouch known, Function<Request, Composed> compose, Instant now) {
    List<TouchDue> one = List.of(touch);
    Read read = readings.read(one);
    return decideAll(one, Map.of(known.key(), known), read, compose, now).getFirst();
  }

  @Override
  public Map<Key, LeftClaims.Next> next(Collection<Left> claims, Instant now) {
    Map<Left, TouchDue> due = new LinkedHashMap<>();
    claims.forEach(claim -> due.put(claim, DueTouches.again(claim.touch())));
    Read read = readings.read(List.copyOf(due.values()));
    Map<Object, GatePolicy> policies = new HashMap<>();
    Map<Key, LeftClaims.Next> next = new HashMap<>();
    due.forEach(
        (claim, touch) ->
            next.put(
                claim.touch().key(),
                LeftClaims.next(
                    claim.keyHonoured(),
                    claim.age(),
                    facts(touch, claim.touch().slotAt(), null, List.of(), read, UNASKED, now),
                    policy(touch, read, policies),
                    now,
                    lease)));
    return next;
  }

  /** Slots are given in the order in which the touches fell due. */
  private List<Verdict> decideAll(
      List<TouchDue> open,
      Map<Key, StoredTouch> before,
      Read read,
      Function<Request, Composed> compose,
      Instant now) {
    TreeSet<PacingLedgers.Key> keys =
        new TreeSet<>(
            Comparator.comparing(PacingLedgers.Key::business)
                .thenComparing(PacingLedgers.Key::channel));
    Map<Object, GatePolicy> policies = new HashMap<>();
    Set<Recipients.Key> spaced = new LinkedHashSet<>();
    for (TouchDue touch : open) {
      keys.add(ledger(touch));
      if (!policy(touch, read, policies).minimumGap().isZero()) {
        for (Channel channel : Channel.values()) {
          keys.add(new PacingLedgers.Key(touch.getBusinessId(), channel));
        }
        spaced.add(customer(touch));
      }
    }
    PacingLedgers.Locked locked = ledgers.lock(keys);
    Map<Recipients.Key, Instant> last = lastTouches.of(spaced);
    Set<Recipients.Key> counted = countedByLaw(open, read, now);
    Map<Recipients.Key, List<Instant>> texts =
        lastTouches.textsSince(counted, now.minus(Duration.ofDays(1)));
    List<TouchDue> inOrder = new ArrayList<>(open);
    inOrder.sort(Comparator.comparing(TouchDue::getDueAt));
    AttemptIds ids = new AttemptIds();
    List<Verdict> verdicts = new ArrayList<>(open.size());
    for (TouchDue touch : inOrder) {
      GatePolicy policy = policy(touch, read, policies);
      StoredTouch known = before.get(DueTouches.key(touch));
      Composition composition = new Composition(touch, ids, read, policy, compose, now);
      Verdict verdict =
          decide(
              touch,
              known,
              read,
              policy,
              locked,
              last.get(customer(touch)),
              texts.getOrDefault(customer(touch), List.of()),
              composition,
              now);
      verdicts.add(verdict);
      if (verdict.touch().state() == TouchState.CLAIMED && spaced.contains(customer(touch))) {
        last.put(customer(touch), now);
      }
      if (verdict.touch().state() == TouchState.CLAIMED
          && DueTouches.channel(touch) == Channel.SMS
          && counted.contains(customer(touch))) {
        texts.computeIfAbsent(customer(touch), key -> new ArrayList<>()).addFirst(now);
      }
    }
    locked.store(now);
    return verdicts;
  }

  /** Those who are due a text and in whose states only so many are allowed in 24 hours. */
  private static Set<Recipients.Key> countedByLaw(List<TouchDue> open, Read read, Instant now) {
    Set<Recipients.Key> counted = new LinkedHashSet<>();
    long day = Math.floorDiv(now.getEpochSecond(), Statutes.DAY);
    for (TouchDue touch : open) {
      Recipient recipient = read.recipient(touch);
      if (recipient != null && law(touch, recipient).cap(day) != null) {
        counted.add(customer(touch));
      }
    }
    return counted;
  }

  private static Statutes law(TouchDue touch, Recipient recipient) {
    return Statutes.of(DueTouches.channel(touch), recipient.region(), recipient.phone());
  }

  private Verdict decide(
      TouchDue touch,
      @Nullable StoredTouch known,
      Read read,
      GatePolicy policy,
      PacingLedgers.Locked locked,
      @Nullable Instant lastSent,
      List<Instant> textsOfADay,
      Composition composition,
      Instant now) {
    Instant slot = known == null ? null : known.slotAt();
    Decision decision =
        Gate.decide(
            facts(touch, slot, lastSent, textsOfADay, read, composition::content, now),
            policy,
            locked.of(ledger(touch)),
            now);
    Instant leavesIn = policy.uses(slot, now) ? slot : now;
    return Verdict.of(touch, slot, decision, composition.ready(), leavesIn, now);
  }

  private GateFacts facts(
      TouchDue touch,
      @Nullable Instant slot,
      @Nullable Instant lastSent,
      List<Instant> textsOfADay,
      Read read,
      Supplier<Content> content,
      Instant now) {
    Business business = read.business(touch);
    Recipient recipient = read.recipient(touch);
    String stop = read.stop(touch);
    Channel channel = DueTouches.channel(touch);
    return new GateFacts(
        business != null,
        read.standing(touch),
        stop == null ? null : StopReason.of(stop).orElse(StopReason.OWNER_STOPPED),
        recipient == null
            ? null
            : new GateFacts.Recipient(
                recipient.email(),
                recipient.phone(),
                recipient.zones(),
                recipient.zoneEvidence(),
                recipient.region()),
        read.suppression(touch),
        business != null && composer.isConfigured(business.settings(), channel),
        new GateFacts.Touch(
            channel,
            touch.getScheduledAt(),
            touch.getDueAt(),
            touch.getRound(),
            slot,
            touch.getJobCompletedAt()),
        content,
        lastSent,
        () -> readings.hasExpressConsent(touch, read, now),
        textsOfADay);
  }

  private GatePolicy policy(TouchDue touch, Read read, Map<Object, GatePolicy> policies) {
    Business business = read.business(touch);
    Version version = read.versionOf(touch);
    if (business == null || version == null) {
      return GatePolicy.CLOSED;
    }
    return policies.computeIfAbsent(
        List.of(business.id(), touch.getCampaignId(), touch.getVersion()),
        ignored ->
            GatePolicy.of(business.settings(), version.businessHours()).withSlotGrace(slotGrace));
  }

  private static Recipients.Key customer(TouchDue touch) {
    return new Recipients.Key(touch.getBusinessId(), touch.getCustomerId());
  }

  private static PacingLedgers.Key ledger(TouchDue touch) {
    return new PacingLedgers.Key(touch.getBusinessId(), DueTouches.channel(touch));
  }

  /** Composes when the engine asks, and keeps what came of it. */
  private final class Composition {
    private final TouchDue touch;
    private final AttemptIds ids;
    private final Read read;
    private final GatePolicy policy;
    private final Function<Request, Composed> compose;
    private final Instant now;
    private Composed.@Nullable Ready ready;

    Composition(
        TouchDue touch,
        AttemptIds ids,
        Read read,
        GatePolicy policy,
        Function<Request, Composed> compose,
        Instant now) {
      this.touch = touch;
      this.ids = ids;
      this.read = read;
      this.policy = policy;
      this.compose = compose;
      this.now = now;
    }

    Content content() {
      Version version = read.versionOf(touch);
      if (version == null) {
        return new Content.Incomplete("version");
      }
      Recipient recipient = Objects.requireNonNull(read.recipient(touch));
      Request request =
          new Request(
              touch,
              ids.next(),
              DueTouches.channel(touch),
              Objects.requireNonNull(read.business(touch)),
              recipient,
              version,
              Validity.of(policy.times(), recipient.zones(), law(touch, recipient), now, lease),
              now);
      return switch (compose.apply(request)) {
        case Composed.Ready composed -> {
          ready = composed;
          yield new Content.Ready(composed.segments() == null ? 1 : composed.segments());
        }
        case Composed.Incomplete incomplete -> new Content.Incomplete(incomplete.variable());
      };
    }

    Composed.@Nullable Ready ready() {
      return ready;
    }
  }
}
