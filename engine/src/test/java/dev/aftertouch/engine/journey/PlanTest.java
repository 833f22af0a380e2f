package dev.aftertouch.engine.journey;

import static dev.aftertouch.engine.definition.Channel.EMAIL;
import static dev.aftertouch.engine.definition.Channel.SMS;
import static dev.aftertouch.engine.journey.Campaigns.THREE_TOUCHES;
import static dev.aftertouch.engine.journey.Campaigns.conditional;
import static dev.aftertouch.engine.journey.Campaigns.email;
import static dev.aftertouch.engine.journey.Campaigns.inCity;
import static dev.aftertouch.engine.journey.Campaigns.sms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.CampaignKind;
import dev.aftertouch.engine.definition.Delay;
import dev.aftertouch.engine.definition.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Instant DONE = Instant.parse("2026-03-02T15:00:00Z");

  @Test
  void schedulesEachTouchItsDelayAfterTheOneBefore() {
    assertThat(Plan.touches(THREE_TOUCHES, DONE, null))
        .containsExactly(
            new PlannedTouch("first", 1, EMAIL, after(24)),
            new PlannedTouch("second", 2, SMS, after(72)),
            new PlannedTouch("third", 3, EMAIL, after(144)));
  }

  @Test
  void movesAllTouchesWithTheBusinesssOwnFirstDelay() {
    assertThat(Plan.touches(THREE_TOUCHES, DONE, Duration.ofHours(4)))
        .extracting(PlannedTouch::scheduledAt)
        .containsExactly(after(4), after(52), after(124));
  }

  @Test
  void countsTheTimeOfStepsThatSayNothing() {
    CampaignDefinition definition =
        Campaigns.of(
            CampaignKind.DRIP, email("a", 1), new Step.Wait("w", Delay.hours(10)), sms("b", 2));

    assertThat(Plan.touches(definition, DONE, null))
        .containsExactly(
            new PlannedTouch("a", 1, EMAIL, after(1)), new PlannedTouch("b", 2, SMS, after(13)));
  }

  @Test
  void leavesTheCampaignsDelayWhereTheFirstStepIsNoTouch() {
    CampaignDefinition definition =
        Campaigns.of(CampaignKind.DRIP, new Step.Wait("w", Delay.hours(10)), sms("b", 2));

    assertThat(Plan.touches(definition, DONE, Duration.ofHours(1)))
        .containsExactly(new PlannedTouch("b", 1, SMS, after(12)));
  }

  @Test
  void endsWhereNobodyKnowsTheWay() {
    CampaignDefinition definition =
        Campaigns.of(
            CampaignKind.DRIP,
            email("a", 1),
            conditional("fork", 1, inCity("Denver"), List.of(sms("b", 1)), List.of()),
            email("c", 1));

    assertThat(Plan.touches(definition, DONE, null))
        .containsExactly(new PlannedTouch("a", 1, EMAIL, after(1)));
  }

  @Test
  void endsAtAnExit() {
    CampaignDefinition definition =
        Campaigns.of(
            CampaignKind.DRIP,
            email("a", 1),
            new Step.ExitCampaign("exit", Delay.NONE, null),
            email("c", 1));

    assertThat(Plan.touches(definition, DONE, null)).hasSize(1);
  }

  private static Instant after(int hours) {
    return DONE.plus(Duration.ofHours(hours));
  }
}
