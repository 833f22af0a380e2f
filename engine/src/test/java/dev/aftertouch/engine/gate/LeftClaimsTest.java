package dev.aftertouch.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.gate.GateFacts.CampaignStanding;
import dev.aftertouch.engine.gate.LeftClaims.Next;
import dev.aftertouch.engine.journey.StopReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeftClaimsTest {
  private static final Duration LEASE = Duration.ofSeconds(45);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Next UNKNOWN = new Next.GiveUp("no_answer");
  private static final Next FORBIDDEN = new Next.GiveUp("not_asked_again");

  /** In New York, where the customer is. */
  private static final Instant NOON = Instant.parse("2026-06-09T16:00:00Z");

  private static final Instant NIGHT = Instant.parse("2026-06-10T02:00:00Z");
  private static final Instant TEN_SECONDS_TO_NIGHT = Instant.parse("2026-06-10T00:59:50Z");

  @Test
  void asksAgainOnlyWhereTheKeyIsHonouredAndStillKept() {
    assertThat(next(true, MINUTE, new TouchFacts(), NOON)).isEqualTo(new Next.HandOver(LEASE));
    assertThat(next(true, Duration.ofHours(23).minusSeconds(1), new TouchFacts(), NOON))
        .isEqualTo(new Next.HandOver(LEASE));
    assertThat(next(true, Duration.ofHours(23), new TouchFacts(), NOON)).isEqualTo(UNKNOWN);
    assertThat(next(false, MINUTE, new TouchFacts(), NOON)).isEqualTo(UNKNOWN);
  }

  @Test
  void waitsForTheMorningAndEndsWithTheDay() {
    assertThat(next(true, MINUTE, new TouchFacts(), NIGHT)).isEqualTo(new Next.Wait());
    assertThat(next(true, MINUTE, new TouchFacts(), TEN_SECONDS_TO_NIGHT))
        .isEqualTo(new Next.HandOver(Duration.ofSeconds(10)));
  }

  @Test
  void asksNotAgainAfterAStop() {
    assertThat(next(true, MINUTE, new TouchFacts().stopped(StopReason.OWNER_STOPPED), NOON))
        .isEqualTo(FORBIDDEN);
    assertThat(next(true, MINUTE, new TouchFacts().suppressed("opted_out"), NOON))
        .isEqualTo(FORBIDDEN);
    assertThat(next(true, MINUTE, new TouchFacts().suppressed("opted_out"), NIGHT))
        .isEqualTo(FORBIDDEN);
    assertThat(next(true, MINUTE, new TouchFacts().recipient(null), NOON)).isEqualTo(FORBIDDEN);
    assertThat(next(true, MINUTE, new TouchFacts().campaign(CampaignStanding.NOT_ACTIVE), NOON))
        .isEqualTo(FORBIDDEN);
  }

  @Test
  void waitsWhileItIsInDoubtWhetherSheMayBeContacted() {
    assertThat(next(true, MINUTE, new TouchFacts().suppressed(GateFacts.IN_REVIEW), NOON))
        .isEqualTo(new Next.Wait());
    assertThat(next(true, MINUTE, new TouchFacts().campaign(CampaignStanding.HELD), NOON))
        .isEqualTo(new Next.Wait());
  }

  @Test
  void oneCallIsMadeAgainWithAllOfItsMessagesOrNotAtAll() {
    Next soon = new Next.HandOver(Duration.ofSeconds(10));
    Next later = new Next.HandOver(LEASE);
    Next waits = new Next.Wait();

    assertThat(LeftClaims.together(List.of(later, soon, later))).isEqualTo(soon);
    assertThat(LeftClaims.together(List.of(later, waits))).isEqualTo(waits);
    assertThat(LeftClaims.together(List.of(waits, FORBIDDEN, later))).isEqualTo(FORBIDDEN);
  }

  private static Next next(boolean honoured, Duration age, TouchFacts facts, Instant now) {
    return LeftClaims.next(honoured, age, facts.build(), GateTest.POLICY, now, LEASE);
  }
}
