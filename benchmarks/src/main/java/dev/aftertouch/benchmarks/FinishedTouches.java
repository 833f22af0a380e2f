package dev.aftertouch.benchmarks;

import dev.aftertouch.facts.BusinessChanged;
import dev.aftertouch.facts.BusinessFact;
import dev.aftertouch.facts.CampaignFact;
import dev.aftertouch.facts.CampaignStatusChanged;
import dev.aftertouch.facts.Channel;
import dev.aftertouch.facts.Engagement;
import dev.aftertouch.facts.EngagementKind;
import dev.aftertouch.facts.EnrollmentCompleted;
import dev.aftertouch.facts.EnrollmentFact;
import dev.aftertouch.facts.EnrollmentStarted;
import dev.aftertouch.facts.PlannedTouch;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDeferred;
import dev.aftertouch.facts.TouchOutcome;
import dev.aftertouch.facts.TouchSent;
import dev.aftertouch.facts.TouchSkipped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Enrollments that ran to their end, each told in {@value #FACTS} facts: three touches, of which
 * the first is opened and clicked, and the third is sent at once, held and then sent, or held and
 * then skipped. Every other enrollment belongs to the first business, which is the demo's, so that
 * its owner may ask. All is past and told in the order in which it happened, as services tell it.
 * The same seed and numbers tell the same.
 */
final class FinishedTouches {
  /** Facts of one enrollment. */
  static final int FACTS = 10;

  /** The business that the demo's owner signs in to. */
  static final UUID ASKED = UUID.fromString("00000000-0000-4000-8000-000000000001");

  private static final long SEED = 20_260_310;
  private static final long DAY = Duration.ofDays(1).toSeconds();
  private static final String HASH = "0".repeat(64);
  private static final List<PlannedAt> PLAN =
      List.of(
          new PlannedAt(Channel.EMAIL, Duration.ofHours(1)),
          new PlannedAt(Channel.SMS, Duration.ofDays(3)),
          new PlannedAt(Channel.EMAIL, Duration.ofDays(7)));

  private record PlannedAt(Channel channel, Duration after) {}

  /** Whose enrollment it is, and what all of its facts name. */
  private record Told(
      UUID business, UUID campaign, UUID enrollment, UUID customer, Instant startedAt) {
    Instant due(int number) {
      return startedAt.plus(PLAN.get(number - 1).after());
    }

    UUID touch(int number) {
      return new UUID(enrollment.getMostSignificantBits() + number, 7);
    }
  }

  /** A fact of a customer, not published yet. */
  private record Fact(Instant at, String topic, UUID customer, Object value) {}

  /** The days in which enrollments begin, counted back from now. They last for a week. */
  record Days(int from, int until) {}

  private final List<Fact> facts = new ArrayList<>();
  private final Publishing publishing;
  private final int businesses;
  private final Instant now;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Map<String, Long> ofAsked = new TreeMap<>();

  FinishedTouches(Publishing publishing, int businesses, Instant now) {
    this.publishing = publishing;
    this.businesses = businesses;
    this.now = now;
  }

  /** The statistics of the asked campaign, by measure, as they must be after all published. */
  Map<String, Long> expectedOfAsked() {
    return ofAsked;
  }

  static UUID campaign(int business) {
    return new UUID(2, business);
  }

  static UUID enrollment(int number) {
    return new UUID((3L << 48) + number * 16L, 0);
  }

  void publishBusinesses(String settings) {
    for (int i = 0; i < businesses; i++) {
      publishing.send(
          Topics.BUSINESSES,
          business(i).toString(),
          new BusinessFact(business(i), 1L, now, new BusinessChanged("Business " + i, settings)));
      publishing.send(
          Topics.CAMPAIGNS,
          campaign(i).toString(),
          new CampaignFact(
              business(i),
              campaign(i),
              2L,
              now,
              new CampaignStatusChanged("Benchmark", "multi_touch", "active", null, 1, "stop")));
    }
    publishing.flush();
  }

  /** Publishes all facts of the enrollments with those numbers, which begin in those days. */
  void publish(int from, int count, Days days) {
    for (int number = from; number < from + count; number++) {
      tell(number, days);
    }
    facts.sort(Comparator.comparing(Fact::at));
    facts.forEach(fact -> publishing.send(fact.topic(), fact.customer().toString(), fact.value()));
    facts.clear();
    publishing.flush();
  }

  private void tell(int number, Days days) {
    int business = number % 2 == 0 || businesses == 1 ? 0 : 1 + number / 2 % (businesses - 1);
    Told told =
        new Told(
            business(business),
            campaign(business),
            enrollment(number),
            new UUID((4L << 48) + number, 0),
            now.minusSeconds(random.nextLong(days.until() * DAY, days.from() * DAY)));
    enrollment(
        told,
        1,
        told.startedAt(),
        new EnrollmentStarted(
            1,
            "automatic_trigger",
            IntStream.rangeClosed(1, 3).mapToObj(n -> planned(told, n)).toList()));
    count(told, "enrolled");
    sent(told, 1, 0, told.due(1));
    engaged(told, 1, EngagementKind.DELIVERED, told.due(1).plusSeconds(2));
    engaged(told, 1, EngagementKind.OPENED, told.due(1).plusSeconds(600));
    engaged(told, 1, EngagementKind.CLICKED, told.due(1).plusSeconds(620));
    sent(told, 2, 0, told.due(2));
    engaged(told, 2, EngagementKind.DELIVERED, told.due(2).plusSeconds(2));
    third(told);
    enrollment(told, 2, told.due(3).plusSeconds(7200), new EnrollmentCompleted(3));
    count(told, "completed");
  }

  private void third(Told told) {
    Instant later = told.due(3).plusSeconds(3600);
    int kind = random.nextInt(20);
    if (kind < 14) {
      sent(told, 3, 0, told.due(3));
      engaged(told, 3, EngagementKind.DELIVERED, told.due(3).plusSeconds(2));
      return;
    }
    outcome(
        told,
        3,
        0,
        told.due(3),
        new TouchDeferred(later, "pacing", Map.of("limit_per_hour", "100")));
    count(told, "deferred");
    if (kind < 17) {
      sent(told, 3, 1, later);
    } else {
      outcome(told, 3, 1, later, new TouchSkipped("suppressed", Map.of("suppression", "bounced")));
      count(told, "skipped");
    }
  }

  private void sent(Told told, int number, int round, Instant at) {
    boolean mail = PLAN.get(number - 1).channel() == Channel.EMAIL;
    outcome(
        told,
        number,
        round,
        at,
        new TouchSent(
            mail ? "resend" : "twilio",
            "m-" + told.touch(number),
            HASH,
            mail ? null : Integer.valueOf(1)));
    count(told, "sent");
  }

  private void outcome(Told told, int number, int round, Instant at, Object outcome) {
    tell(
        at,
        Topics.TOUCH_OUTCOMES,
        told,
        new TouchOutcome(
            told.touch(number),
            round,
            told.business(),
            told.enrollment(),
            told.campaign(),
            1,
            null,
            told.customer(),
            "touch-" + number,
            number,
            PLAN.get(number - 1).channel(),
            told.due(number),
            at,
            at,
            outcome));
  }

  private void engaged(Told told, int number, EngagementKind kind, Instant at) {
    tell(
        at,
        Topics.ENGAGEMENTS,
        told,
        new Engagement(
            new UUID(told.touch(number).getMostSignificantBits(), 100 + kind.ordinal()),
            told.business(),
            kind,
            PLAN.get(number - 1).channel(),
            at,
            told.customer(),
            told.enrollment(),
            told.campaign(),
            told.touch(number),
            "touch-" + number,
            number,
            kind == EngagementKind.CLICKED ? "website" : null));
    count(told, kind.name().toLowerCase(Locale.ROOT));
  }

  private void enrollment(Told told, int which, Instant at, Object fact) {
    tell(
        at,
        Topics.ENROLLMENTS,
        told,
        new EnrollmentFact(
            new UUID(told.enrollment().getMostSignificantBits(), 200 + which),
            told.business(),
            told.enrollment(),
            told.campaign(),
            told.customer(),
            "j" + told.enrollment(),
            "hvac",
            at,
            fact));
  }

  private void tell(Instant at, String topic, Told told, Object fact) {
    facts.add(new Fact(at, topic, told.customer(), fact));
  }

  private static PlannedTouch planned(Told told, int number) {
    return new PlannedTouch(
        "touch-" + number, number, PLAN.get(number - 1).channel(), told.due(number));
  }

  private void count(Told told, String measure) {
    if (told.business().equals(ASKED)) {
      ofAsked.merge(measure, 1L, Long::sum);
    }
  }

  private static UUID business(int number) {
    return number == 0 ? ASKED : new UUID(1, number);
  }
}
