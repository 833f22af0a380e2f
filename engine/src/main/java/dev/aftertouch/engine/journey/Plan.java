package dev.aftertouch.engine.journey;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an enrollment will do when nothing comes between. */
public final class Plan {
  private Plan() {}

  /**
   * The touches that are certain at enrolling, with the times that {@link Journey} will give them.
   * Behind a conditional nothing is planned, because nobody knows yet which way it goes.
   *
   * @param firstDelayOverride as for {@link Journey#begin}
   */
  public static List<PlannedTouch> touches(
      CampaignDefinition definition, Instant anchor, @Nullable Duration firstDelayOverride) {
    List<PlannedTouch> touches = new ArrayList<>();
    Instant scheduledAt = anchor;
    boolean first = true;
    for (Step step : definition.steps()) {
      scheduledAt =
          scheduledAt.plus(
              first ? firstDelay(step, firstDelayOverride) : step.delay().toDuration());
      first = false;
      if (step instanceof Step.Conditional || step instanceof Step.ExitCampaign) {
        break;
      }
      if (step instanceof Step.Touching touch) {
        touches.add(new PlannedTouch(touch.id(), touches.size() + 1, touch.channel(), scheduledAt));
      }
    }
    return List.copyOf(touches);
  }

  static Duration firstDelay(Step first, @Nullable Duration override) {
    return override != null && first instanceof Step.Touching
        ? override
        : first.delay().toDuration();
  }
}
