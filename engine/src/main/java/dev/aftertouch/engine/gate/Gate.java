package dev.aftertouch.engine.gate;

import dev.aftertouch.engine.gate.Decision.Defer;
import dev.aftertouch.engine.gate.Decision.Send;
import dev.aftertouch.engine.gate.Decision.Skip;
import dev.aftertouch.engine.gate.GateFacts.Content;
import dev.aftertouch.engine.gate.GateFacts.Recipient;
import dev.aftertouch.engine.law.Law;
import dev.aftertouch.engine.law.LawRow;
import dev.aftertouch.engine.law.Provision;
import dev.aftertouch.engine.law.Statutes;
import dev.aftertouch.engine.time.AllowedTimes;
import dev.aftertouch.engine.time.Limit;
import dev.aftertouch.engine.time.NextAllowed;
import dev.aftertouch.engine.time.Zones;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * May this touch leave now? The rules are asked in the order of {@link #RULES} and the first that
 * has something against it decides; what no rule objects to is sent. Rules that end a touch come
 * before those that make it wait, except for the content, which is rendered only for a touch that
 * could leave now.
 *
 * <p>A touch that must wait for the recipient's window is given its pacing slot at once, at or
 * after the opening, and a touch that comes back with its slot is sent without another. So a touch
 * is decided twice at most, unless it comes back so late that the window has closed again or the
 * slot is no longer good, or its customer was sent another touch meanwhile.
 *
 * <p>What pacing promises. A slot is used at its time or within {@link GatePolicy#slotGrace} of it;
 * a touch that comes later, because of an outage, takes a new one behind those who asked before,
 * and the one that it missed is used by nobody. So what leaves in any 60 minutes has slots in those
 * 60 minutes and the grace before them: at most the limit and the slots of that grace. And any 60
 * minutes less the grace hold no more than the limit. An outage costs a touch one deferral more.
 */
public final class Gate {
  /** What is said of every touch that is sent; nothing is built for it on the hot path. */
  private static final Decision SEND = new Send(Reason.ALLOWED, Map.of());

  /** What speaks against a touch whatever the hour, the pace and its words. */
  private static final StandingRule[] STANDING_RULES = {
    Gate::enrollmentRuns,
    Gate::businessIsKnown,
    Gate::campaignSends,
    Gate::customerIsKnown,
    Gate::addressIsPresent,
    Gate::addressIsNotSuppressed,
    Gate::consentHasNotEnded,
    Gate::channelIsConfigured,
  };

  private static final Rule[] RULES_OF_THE_MOMENT = {
    Gate::isNotTooLate,
    Gate::isInsideTheWindow,
    Gate::contentIsComplete,
    Gate::keepsItsDistance,
    Gate::keepsTheLawsCount,
    Gate::hasAPacingSlot,
  };

  private Gate() {}

  /** Answers null when it has nothing against the touch. */
  @FunctionalInterface
  private interface StandingRule {
    @Nullable Decision objection(GateFacts facts, GatePolicy policy, Instant now);
  }

  /** Answers null when it has nothing against the touch. */
  @FunctionalInterface
  private interface Rule {
    @Nullable Decision objection(GateFacts facts, GatePolicy policy, Pacing ledger, Instant now);
  }

  /**
   * Decides one touch. A slot that the decision needs is reserved in the ledger, which must be the
   * one of the touch's business and channel; the caller stores it in the same transaction as the
   * decision.
   */
  public static Decision decide(GateFacts facts, GatePolicy policy, Pacing ledger, Instant now) {
    Decision standing = objection(facts, policy, now);
    if (standing != null) {
      return standing;
    }
    for (Rule rule : RULES_OF_THE_MOMENT) {
      Decision objection = rule.objection(facts, policy, ledger, now);
      if (objection != null) {
        return objection;
      }
    }
    return SEND;
  }

  /**
   * What speaks against a touch whatever the hour, the pace and its words: a stop, a suppression, a
   * campaign that sends no more. Null when nothing does. Reserves nothing.
   */
  static @Nullable Decision objection(GateFacts facts, GatePolicy policy, Instant now) {
    for (StandingRule rule : STANDING_RULES) {
      Decision objection = rule.objection(facts, policy, now);
      if (objection != null) {
        return objection;
      }
    }
    return null;
  }

  private static @Nullable Decision enrollmentRuns(
      GateFacts facts, GatePolicy policy, Instant now) {
    return facts.stopped() == null
        ? null
        : new Skip(Reason.ENROLLMENT_STOPPED, Map.of("stop_reason", facts.stopped().code()));
  }

  private static @Nullable Decision businessIsKnown(
      GateFacts facts, GatePolicy policy, Instant now) {
    return facts.businessKnown() ? null : new Skip(Reason.BUSINESS_UNKNOWN, Map.of());
  }

  private static @Nullable Decision campaignSends(GateFacts facts, GatePolicy policy, Instant now) {
    return switch (facts.campaign()) {
      case ACTIVE -> null;
      case HELD -> askAgain(Reason.CAMPAIGN_HELD, policy, now);
      case NOT_ACTIVE, UNKNOWN ->
          new Skip(Reason.CAMPAIGN_NOT_ACTIVE, Map.of("campaign", facts.campaign().name()));
    };
  }

  private static Decision askAgain(Reason reason, GatePolicy policy, Instant now) {
    return new Defer(
        now.plus(policy.heldRecheck()),
        reason,
        Map.of("asked_again_after", policy.heldRecheck().toString()));
  }

  private static @Nullable Decision customerIsKnown(
      GateFacts facts, GatePolicy policy, Instant now) {
    return facts.recipient() == null ? new Skip(Reason.CUSTOMER_UNKNOWN, Map.of()) : null;
  }

  private static @Nullable Decision addressIsPresent(
      GateFacts facts, GatePolicy policy, Instant now) {
    Recipient recipient = facts.recipient();
    String address = recipient == null ? null : recipient.address(facts.touch().channel());
    return address == null || address.isBlank()
        ? new Skip(Reason.NO_ADDRESS, Map.of("channel", facts.touch().channel().code()))
        : null;
  }

  private static @Nullable Decision addressIsNotSuppressed(
      GateFacts facts, GatePolicy policy, Instant now) {
    return switch (facts.suppressed()) {
      case null -> null;
      case GateFacts.IN_REVIEW -> askAgain(Reason.IN_REVIEW, policy, now);
      case GateFacts.CLICK_IN_DOUBT -> askAgain(Reason.CLICK_IN_DOUBT, policy, now);
      case GateFacts.COMPLAINT_RATE -> askAgain(Reason.COMPLAINT_RATE, policy, now);
      default -> new Skip(Reason.SUPPRESSED, Map.of("suppression", facts.suppressed()));
    };
  }

  /** Where a law ends the consent that follows from a finished job, by the date of the job. */
  private static @Nullable Decision consentHasNotEnded(
      GateFacts facts, GatePolicy policy, Instant now) {
    Instant job = facts.touch().jobCompletedAt();
    LawRow row = law(facts).impliedConsent(Math.floorDiv(now.getEpochSecond(), Statutes.DAY));
    if (job == null
        || row == null
        || !(row.provision() instanceof Provision.ImpliedConsent implied)) {
      return null;
    }
    Instant end = implied.end(job);
    if (now.isBefore(end) || facts.expressConsent().getAsBoolean()) {
      return null;
    }
    Map<String, String> evidence = new HashMap<>(lawEvidence(row, facts));
    evidence.put("rule", Limit.LAW.code());
    evidence.put("job_completed_at", job.toString());
    evidence.put("consent_ended_at", end.toString());
    return new Skip(Reason.CONSENT_ENDED, Map.copyOf(evidence));
  }

  private static @Nullable Decision channelIsConfigured(
      GateFacts facts, GatePolicy policy, Instant now) {
    return facts.channelConfigured()
        ? null
        : new Skip(
            Reason.CHANNEL_NOT_CONFIGURED, Map.of("channel", facts.touch().channel().code()));
  }

  private static @Nullable Decision isNotTooLate(
      GateFacts facts, GatePolicy policy, Pacing ledger, Instant now) {
    Duration lateness = Duration.between(facts.touch().dueAt(), now);
    return lateness.compareTo(policy.maximumLateness()) <= 0
        ? null
        : new Skip(
            Reason.TOO_LATE,
            Map.of("late", lateness.toString(), "limit", policy.maximumLateness().toString()));
  }

  private static @Nullable Decision isInsideTheWindow(
      GateFacts facts, GatePolicy policy, Pacing ledger, Instant now) {
    if (policy.times().allows(now, zones(facts), law(facts))) {
      return null;
    }
    return switch (policy.times().next(now, zones(facts), law(facts))) {
      case NextAllowed.At at -> afterOpening(at, facts, policy, ledger);
      case NextAllowed.Never never ->
          new Skip(
              reason(never.blockedBy()),
              windowEvidence(never.blockedBy(), never.zone(), never.law(), facts));
    };
  }

  private static Decision afterOpening(
      NextAllowed.At opening, GateFacts facts, GatePolicy policy, Pacing ledger) {
    Limit limit = opening.blockedBy() == null ? Limit.LAW : opening.blockedBy();
    Map<String, String> evidence = windowEvidence(limit, opening.zone(), opening.law(), facts);
    Instant slot = slot(opening.instant(), facts, policy, ledger);
    return slot == null
        ? new Skip(Reason.PACING, pacingEvidence(facts, policy))
        : new Defer(slot, reason(limit), evidence);
  }

  private static @Nullable Decision contentIsComplete(
      GateFacts facts, GatePolicy policy, Pacing ledger, Instant now) {
    return switch (facts.content().get()) {
      case Content.Ready ready ->
          ready.segments() <= policy.maximumSegments()
              ? null
              : new Skip(
                  Reason.TOO_MANY_SEGMENTS,
                  Map.of(
                      "segments", Integer.toString(ready.segments()),
                      "limit", Integer.toString(policy.maximumSegments())));
      case Content.Incomplete incomplete ->
          new Skip(Reason.MISSING_VARIABLE, Map.of("variable", incomplete.variable()));
    };
  }

  private static @Nullable Decision keepsItsDistance(
      GateFacts facts, GatePolicy policy, Pacing ledger, Instant now) {
    Instant last = facts.lastTouchSentAt();
    if (last == null || policy.minimumGap().isZero()) {
      return null;
    }
    Instant earliest = last.plus(policy.minimumGap());
    if (!earliest.isAfter(now)) {
      return null;
    }
    Map<String, String> evidence =
        Map.of("last_touch_at", last.toString(), "minimum_gap", policy.minimumGap().toString());
    return notBefore(earliest, evidence, facts, policy);
  }

  /** At most so many texts in 24 hours as the law of each state in which he may be lets through. */
  private static @Nullable Decision keepsTheLawsCount(
      GateFacts facts, GatePolicy policy, Pacing ledger, Instant now) {
    LawRow cap = law(facts).cap(Math.floorDiv(now.getEpochSecond(), Statutes.DAY));
    if (cap == null || !(cap.provision() instanceof Provision.Cap counted)) {
      return null;
    }
    List<Instant> texts = facts.textsOfADay();
    if (texts.size() < counted.most()) {
      return null;
    }
    Instant earliest = texts.get(counted.most() - 1).plus(Duration.ofDays(1));
    if (!earliest.isAfter(now)) {
      return null;
    }
    Map<String, String> evidence = new HashMap<>(lawEvidence(cap, facts));
    evidence.put("rule", Limit.LAW.code());
    evidence.put("texts_in_24_hours", Integer.toString(texts.size()));
    return notBefore(earliest, Map.copyOf(evidence), facts, policy);
  }

  private static Decision notBefore(
      Instant earliest, Map<String, String> evidence, GateFacts facts, GatePolicy policy) {
    return policy.times().next(earliest, zones(facts), law(facts)) instanceof NextAllowed.At at
        ? new Defer(at.instant(), Reason.FREQUENCY_CAP, evidence)
        : new Skip(Reason.FREQUENCY_CAP, evidence);
  }

  private static @Nullable Decision hasAPacingSlot(
      GateFacts facts, GatePolicy policy, Pacing ledger, Instant now) {
    if (policy.uses(facts.touch().reservedSlot(), now)) {
      return null;
    }
    Instant slot = slot(now, facts, policy, ledger);
    if (slot == null) {
      return new Skip(Reason.PACING, pacingEvidence(facts, policy));
    }
    return slot.isAfter(now) ? new Defer(slot, Reason.PACING, pacingEvidence(facts, policy)) : null;
  }

  /**
   * The slot that it holds already when that is usable from then on, else a new one; null when
   * pacing allows none at all.
   */
  private static @Nullable Instant slot(
      Instant from, GateFacts facts, GatePolicy policy, Pacing ledger) {
    List<ZoneId> zones = zones(facts);
    Statutes law = law(facts);
    AllowedTimes times = policy.times();
    Instant reserved = facts.touch().reservedSlot();
    if (reserved != null && !reserved.isBefore(from) && times.allows(reserved, zones, law)) {
      return reserved;
    }
    return ledger.reserve(
        policy.limit(facts.touch().channel()),
        from,
        instant ->
            times.next(instant, zones, law) instanceof NextAllowed.At at ? at.instant() : null);
  }

  static List<ZoneId> zones(GateFacts facts) {
    Recipient recipient = facts.recipient();
    return recipient == null || recipient.zones().isEmpty() ? Zones.UNKNOWN_US : recipient.zones();
  }

  static Statutes law(GateFacts facts) {
    Recipient recipient = facts.recipient();
    return recipient == null
        ? Statutes.of(facts.touch().channel(), null, null)
        : recipient.law(facts.touch().channel());
  }

  private static Reason reason(Limit limit) {
    return switch (limit) {
      case LAW, QUIET_HOURS -> Reason.QUIET_HOURS;
      case BUSINESS_HOURS -> Reason.BUSINESS_HOURS;
    };
  }

  private static Map<String, String> windowEvidence(
      Limit limit, @Nullable ZoneId zone, @Nullable LawRow law, GateFacts facts) {
    Recipient recipient = facts.recipient();
    Map<String, String> evidence = new HashMap<>();
    evidence.put("rule", limit.code());
    evidence.put("zone", zone == null ? "" : zone.getId());
    evidence.put("candidate_zones", Integer.toString(zones(facts).size()));
    evidence.put("zone_evidence", recipient == null ? "unknown" : recipient.zoneEvidence());
    if (law != null) {
      evidence.putAll(lawEvidence(law, facts));
    }
    return Map.copyOf(evidence);
  }

  private static Map<String, String> lawEvidence(LawRow law, GateFacts facts) {
    return Map.of(
        "law", law.id(),
        "law_says", law.inWords(),
        "law_source", law.source(),
        "law_version", Law.version(),
        "jurisdiction", law.jurisdiction(),
        "candidate_jurisdictions", String.join(" ", law(facts).candidates()));
  }

  private static Map<String, String> pacingEvidence(GateFacts facts, GatePolicy policy) {
    return Map.of(
        "channel", facts.touch().channel().code(),
        "limit_per_hour", Integer.toString(policy.limit(facts.touch().channel())));
  }
}
