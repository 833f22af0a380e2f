package dev.aftertouch.analytics;

import dev.aftertouch.facts.EngagementKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Whole lives of enrollments from a seed, in the order in which they would happen. */
public final class Lives {
  private static final List<String> STOPS =
      List.of("review_clicked", "opted_out_sms", "repeat_job", "owner_stopped");
  private static final List<EngagementKind> KINDS =
      List.of(
          EngagementKind.OPENED,
          EngagementKind.CLICKED,
          EngagementKind.REPLIED,
          EngagementKind.BOUNCED,
          EngagementKind.COMPLAINED,
          EngagementKind.OPTED_OUT,
          EngagementKind.FEEDBACK_SUBMITTED);

  private final Random random;
  private final List<Object> facts = new ArrayList<>();

  private Lives(long seed) {
    this.random = new Random(seed);
  }

  public static List<Object> of(long seed, List<UUID> businesses, int enrollments) {
    Lives lives = new Lives(seed);
    for (UUID business : businesses) {
      lives.facts.add(Facts.business(business, "Business", "America/St_Johns", 1));
      List<UUID> campaigns = List.of(lives.uuid(), lives.uuid());
      campaigns.forEach(
          campaign -> lives.facts.add(Facts.campaign(business, campaign, "Campaign", 1)));
      for (int i = 0; i < enrollments; i++) {
        lives.live(
            new Facts(
                business,
                campaigns.get(i % campaigns.size()),
                lives.uuid(),
                Instant.parse("2026-03-02T00:00:00Z")
                    .plusSeconds(lives.random.nextInt(10 * 86_400))));
      }
    }
    return lives.facts;
  }

  private void live(Facts enrollment) {
    if (random.nextInt(8) == 0) {
      facts.add(enrollment.refused(random.nextBoolean() ? "cooldown" : "no_matching_campaign"));
      return;
    }
    int touches = 1 + random.nextInt(4);
    facts.add(enrollment.started(touches));
    Instant now = enrollment.start();
    for (int number = 1; number <= touches; number++) {
      now = now.plus(Duration.ofMinutes(30 + random.nextInt(2_000)));
      if (random.nextInt(7) == 0) {
        facts.add(enrollment.stopped(STOPS.get(random.nextInt(STOPS.size())), number - 1, now));
        if (random.nextBoolean()) {
          facts.add(enrollment.skipped(number, "enrollment_stopped", now.plusSeconds(3)));
        }
        return;
      }
      if (random.nextInt(10) == 0) {
        return;
      }
      touch(enrollment, number, now);
    }
    facts.add(enrollment.completed(touches, now.plusSeconds(60)));
  }

  private void touch(Facts enrollment, int number, Instant now) {
    for (int round = 0; round < random.nextInt(3); round++) {
      facts.add(enrollment.deferred(number, round, now.plusSeconds(round)));
    }
    switch (random.nextInt(8)) {
      case 0 -> facts.add(enrollment.skipped(number, "suppressed", now));
      case 1 -> facts.add(enrollment.failed(number, now));
      case 2 -> facts.add(enrollment.unknown(number, now));
      case 3 -> {
        facts.add(enrollment.unknown(number, now));
        facts.add(enrollment.sent(number, now.plusSeconds(40)));
        engage(enrollment, number, now);
      }
      default -> {
        facts.add(enrollment.sent(number, now));
        engage(enrollment, number, now);
      }
    }
  }

  private void engage(Facts enrollment, int number, Instant now) {
    facts.add(enrollment.engagement(EngagementKind.DELIVERED, number, now.plusSeconds(5)));
    for (int i = 0; i < random.nextInt(4); i++) {
      facts.add(
          enrollment.engagement(
              KINDS.get(random.nextInt(KINDS.size())),
              number,
              now.plusSeconds(10 + random.nextInt(5_000))));
    }
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }
}
