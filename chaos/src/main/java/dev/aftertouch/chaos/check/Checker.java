package dev.aftertouch.chaos.check;

import dev.aftertouch.chaos.check.Evidence.Accepted;
import dev.aftertouch.chaos.check.Evidence.Asked;
import dev.aftertouch.chaos.check.Evidence.Attempt;
import dev.aftertouch.chaos.check.Evidence.Business;
import dev.aftertouch.chaos.check.Evidence.EnrollmentFact;
import dev.aftertouch.chaos.check.Evidence.Outcome;
import dev.aftertouch.chaos.check.Evidence.Stop;
import dev.aftertouch.chaos.check.Finding.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reports every broken promise that the evidence shows. */
public final class Checker {
  /**
   * What was decided may be handed over this much later: the lease of a claim (45 s) and five
   * seconds for clocks.
   */
  private static final Duration HAND_OVER_WITHIN = Duration.ofSeconds(50);

  /** Sends are counted in 55 of the 60 minutes: a slot may be used up to five minutes late. */
  private static final Duration COUNTED = Duration.ofMinutes(55);

  /** Nothing else keeps a touch of a run from being sent in the end. */
  private static final Set<String> ASKED_TO_STOP = Set.of("suppressed", "enrollment_stopped");

  private final Evidence evidence;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<String, Business> businesses;
  private final Map<String, Asked> byJob;
  private final Map<String, Asked> byAddress = new HashMap<>();
  private final Map<String, List<Accepted>> acceptedByTouch;
  private long longestAfterStop;
  private long longestOvershoot;

  private Checker(Evidence evidence) {
    this.evidence = evidence;
    this.businesses =
        evidence.businesses().stream().collect(Collectors.toMap(Business::id, b -> b));
    this.byJob = evidence.asked().stream().collect(Collectors.toMap(Asked::job, a -> a));
    for (Asked asked : evidence.asked()) {
      byAddress.put(asked.email(), asked);
      byAddress.put(asked.phone(), asked);
    }
    this.acceptedByTouch =
        evidence.ledger().stream().collect(Collectors.groupingBy(Accepted::touch));
  }

  /** Judges a run. */
  public static Verdict check(Evidence evidence) {
    return new Checker(evidence).verdict();
  }

  private Verdict verdict() {
    everyJobAndTouchIsAnswered();
    nothingIsAcceptedTwice();
    nothingIsClaimedAfterAStop();
    nothingIsAcceptedInQuietHours();
    nobodySendsMoreThanTheLimit();
    everybodyHearsFromHisOwnBusiness();
    allWordsAgree();
    count("jobs asked", evidence.asked().size());
    count("messages accepted", evidence.ledger().size());
    count("stops acknowledged", evidence.stops().size());
    evidence.faults().forEach(fault -> add(fault.kind(), 1));
    return new Verdict(
        List.copyOf(findings), counts, longestAfterStop, longestOvershoot, longestSilence());
  }

  /**
   * LOST, STUCK: every acknowledged job is answered, and so is every touch that it leads to; no
   * record is a dead letter, for all that were published are good.
   */
  private void everyJobAndTouchIsAnswered() {
    Map<String, List<EnrollmentFact>> factsByJob =
        evidence.enrollments().stream().collect(Collectors.groupingBy(EnrollmentFact::job));
    Map<String, Map<Integer, Outcome>> lastByEnrollment = new HashMap<>();
    for (Outcome outcome : evidence.outcomes()) {
      lastByEnrollment
          .computeIfAbsent(outcome.enrollment(), e -> new HashMap<>())
          .merge(outcome.number(), outcome, Checker::later);
    }
    for (Asked asked : evidence.asked()) {
      List<EnrollmentFact> facts = factsByJob.getOrDefault(asked.job(), List.of());
      EnrollmentFact started = first(facts, "EnrollmentStarted");
      if (started == null) {
        EnrollmentFact refused = first(facts, "EnrollmentRefused");
        if (refused != null) {
          find(Kind.LOST, asked.job(), "refused: " + refused.reason());
        } else if (asked.acknowledged()) {
          find(Kind.LOST, asked.job(), "acknowledged and never answered");
        }
        continue;
      }
      add("enrolled", 1);
      boolean stopped = first(facts, "EnrollmentStopped") != null;
      Map<Integer, Outcome> last = lastByEnrollment.getOrDefault(started.enrollment(), Map.of());
      for (int number = 1; number <= asked.channels().size(); number++) {
        Outcome outcome = last.get(number);
        if (outcome == null) {
          if (!stopped) {
            find(Kind.LOST, asked.job() + " touch " + number, "no outcome");
          }
        } else if (outcome.kind().equals("TouchDeferred")) {
          if (!stopped) {
            find(Kind.STUCK, asked.job() + " touch " + number, "deferred: " + outcome.reason());
          }
        } else {
          add(outcome.kind(), 1);
          if (outcome.kind().equals("TouchSkipped") && !ASKED_TO_STOP.contains(outcome.reason())) {
            find(Kind.LOST, asked.job() + " touch " + number, "skipped: " + outcome.reason());
          }
        }
      }
      if (!stopped && first(facts, "EnrollmentCompleted") == null) {
        find(Kind.STUCK, asked.job(), "neither completed nor stopped");
      }
    }
    for (Evidence.Buried buried : evidence.buried()) {
      find(Kind.LOST, buried.origin(), "became a dead letter: " + buried.reason());
    }
    for (Attempt attempt : evidence.attempts()) {
      if (attempt.state().equals("claimed")) {
        find(Kind.STUCK, attempt.touch(), "still claimed");
      }
    }
  }

  private static Outcome later(Outcome one, Outcome other) {
    return other.round() >= one.round() ? other : one;
  }

  private static @Nullable EnrollmentFact first(List<EnrollmentFact> facts, String kind) {
    return facts.stream().filter(fact -> fact.kind().equals(kind)).findFirst().orElse(null);
  }

  /** DOUBLED: by the touch that a message names, and by the address whatever it names. */
  private void nothingIsAcceptedTwice() {
    acceptedByTouch.forEach(
        (touch, messages) -> {
          if (!touch.isEmpty() && messages.size() > 1) {
            find(Kind.DOUBLED, touch, messages.size() + " messages were accepted");
          }
        });
    Map<String, Long> byRecipient =
        evidence.ledger().stream()
            .collect(Collectors.groupingBy(Accepted::to, Collectors.counting()));
    byRecipient.forEach(
        (address, messages) -> {
          Asked asked = byAddress.get(address);
          if (asked == null) {
            find(Kind.UNASKED, address, messages + " messages");
            return;
          }
          String channel = address.equals(asked.email()) ? "email" : "sms";
          long wanted = asked.channels().stream().filter(channel::equals).count();
          if (messages > wanted) {
            find(Kind.DOUBLED, asked.job(), messages + " by " + channel + ", asked " + wanted);
          }
        });
  }

  /**
   * AFTER_STOP: no claim after the acknowledgement. What was claimed before may still be accepted;
   * how late that was is measured, and bounded.
   */
  private void nothingIsClaimedAfterAStop() {
    Map<String, List<Attempt>> attempts =
        evidence.attempts().stream()
            .collect(Collectors.groupingBy(a -> a.channel() + " " + a.address()));
    Map<String, List<Accepted>> accepted =
        evidence.ledger().stream().collect(Collectors.groupingBy(Accepted::to));
    for (Stop stop : evidence.stops()) {
      for (Attempt attempt :
          attempts.getOrDefault(stop.channel() + " " + stop.address(), List.of())) {
        if (attempt.claimedAt() > stop.acknowledgedAt()) {
          find(
              Kind.AFTER_STOP,
              attempt.touch(),
              "claimed " + (attempt.claimedAt() - stop.acknowledgedAt()) + " ms after the stop");
        }
      }
      for (Accepted message : accepted.getOrDefault(stop.address(), List.of())) {
        long after = message.realAt() - stop.acknowledgedAt();
        longestAfterStop = Math.max(longestAfterStop, after);
        if (after > HAND_OVER_WITHIN.toMillis()) {
          find(Kind.AFTER_STOP, message.touch(), "accepted " + after + " ms after the stop");
        }
      }
    }
  }

  /** IN_QUIET_HOURS: by the recipient's own wall clock. */
  private void nothingIsAcceptedInQuietHours() {
    for (Accepted message : evidence.ledger()) {
      Asked asked = byAddress.get(message.to());
      Business business = businesses.get(message.business());
      if (asked == null || business == null) {
        continue;
      }
      LocalTime local =
          Instant.ofEpochMilli(message.virtualAt()).atZone(asked.zone()).toLocalTime();
      long intoTheNight = Duration.between(business.quietFrom(), local).toMillis();
      boolean early = local.isBefore(business.quietTo());
      if (intoTheNight < 0 && !early) {
        continue;
      }
      if (!early && intoTheNight <= HAND_OVER_WITHIN.toMillis()) {
        longestOvershoot = Math.max(longestOvershoot, intoTheNight);
      } else {
        find(Kind.IN_QUIET_HOURS, message.touch(), "at " + local + " in " + asked.zone());
      }
    }
  }

  /** OVER_LIMIT: a window slides over the acceptances of each business and channel. */
  private void nobodySendsMoreThanTheLimit() {
    Map<String, List<Accepted>> sent =
        evidence.ledger().stream()
            .collect(
                Collectors.groupingBy(
                    m -> m.business() + (m.provider().equals("twilio") ? " sms" : " email")));
    sent.forEach(
        (who, messages) -> {
          Business business = businesses.get(who.substring(0, who.indexOf(' ')));
          if (business == null) {
            return;
          }
          ArrayDeque<Long> window = new ArrayDeque<>();
          long most = 0;
          for (Accepted message :
              messages.stream().sorted(Comparator.comparingLong(Accepted::virtualAt)).toList()) {
            window.addLast(message.virtualAt());
            while (message.virtualAt() - window.getFirst() >= COUNTED.toMillis()) {
              window.removeFirst();
            }
            most = Math.max(most, window.size());
          }
          counts.merge("most in an hour by one business and channel", most, Math::max);
          if (most > business.perHour()) {
            find(Kind.OVER_LIMIT, who, most + " within an hour, allowed " + business.perHour());
          }
        });
  }

  /** CROSS_BUSINESS: sender, tags, rows and facts all name the business that asked. */
  private void everybodyHearsFromHisOwnBusiness() {
    for (Accepted message : evidence.ledger()) {
      Asked asked = byAddress.get(message.to());
      if (asked == null) {
        continue;
      }
      Business own = businesses.get(asked.business());
      String sender =
          own == null ? "" : message.provider().equals("twilio") ? own.phone() : own.email();
      if (!message.business().equals(asked.business()) || !message.from().contains(sender)) {
        find(
            Kind.CROSS_BUSINESS,
            message.touch(),
            asked.business() + "'s customer heard from " + message.from());
      }
    }
    for (Attempt attempt : evidence.attempts()) {
      Asked asked = byAddress.get(attempt.address());
      if (asked != null && !asked.business().equals(attempt.business())) {
        find(Kind.CROSS_BUSINESS, attempt.touch(), "a row of " + attempt.business());
      }
    }
    for (EnrollmentFact fact : evidence.enrollments()) {
      Asked asked = byJob.get(fact.job());
      if (asked != null && !asked.business().equals(fact.business())) {
        find(Kind.CROSS_BUSINESS, fact.enrollment(), "a fact of " + fact.business());
      }
    }
  }

  /**
   * MISREPORTED: outcomes against the ledger, tables against outcomes, projections against both.
   */
  private void allWordsAgree() {
    Map<String, Set<String>> said = new HashMap<>();
    Map<String, Set<String>> sentByBusiness = new HashMap<>();
    for (Outcome outcome : evidence.outcomes()) {
      said.computeIfAbsent(outcome.touch(), t -> new HashSet<>()).add(outcome.kind());
      if (outcome.kind().equals("TouchSent")) {
        sentByBusiness
            .computeIfAbsent(outcome.business(), b -> new HashSet<>())
            .add(outcome.touch());
        if (!acceptedByTouch.containsKey(outcome.touch())) {
          find(Kind.MISREPORTED, outcome.touch(), "said to be sent, unknown to the provider");
        }
      }
    }
    acceptedByTouch
        .keySet()
        .forEach(
            touch -> {
              Set<String> kinds = said.getOrDefault(touch, Set.of());
              if (!kinds.contains("TouchSent") && !kinds.contains("TouchUnknown")) {
                find(Kind.MISREPORTED, touch, "accepted by the provider, said to be " + kinds);
              }
            });
    said.forEach(
        (touch, kinds) -> {
          if (kinds.contains("TouchSent") && kinds.contains("TouchSkipped")) {
            find(Kind.MISREPORTED, touch, "said to be sent and skipped");
          }
        });
    for (Evidence.Projected projected : evidence.projected()) {
      int sent = sentByBusiness.getOrDefault(projected.business(), Set.of()).size();
      if (projected.sent() != sent) {
        find(
            Kind.MISREPORTED,
            projected.business(),
            "the projection counts " + projected.sent() + " touches sent, the log " + sent);
      }
    }
  }

  /** Between the first fault and the last. */
  private long longestSilence() {
    if (evidence.faults().isEmpty()) {
      return 0;
    }
    long from = evidence.faults().getFirst().realAt();
    long to = evidence.faults().getLast().realAt();
    long last = from;
    long longest = 0;
    for (long at : evidence.ledger().stream().mapToLong(Accepted::realAt).sorted().toArray()) {
      if (at >= from && at <= to) {
        longest = Math.max(longest, at - last);
        last = at;
      }
    }
    return longest;
  }

  private void find(Kind kind, String about, String what) {
    findings.add(new Finding(kind, about, what));
  }

  private void count(String what, long number) {
    counts.put(what, number);
  }

  private void add(String what, long number) {
    counts.merge(what, number, Long::sum);
  }
}
