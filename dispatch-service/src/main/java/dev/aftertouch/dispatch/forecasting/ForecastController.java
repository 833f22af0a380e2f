package dev.aftertouch.dispatch.forecasting;

import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** When the queue of the caller's business will have left. */
@RestController
final class ForecastController {
  /**
   * A channel's queue.
   *
   * @param waiting touches that wait for their pacing slot
   * @param lastLeavesAt when the last of them may leave; null when none waits
   * @param nextFreeSlot when one more would leave
   * @param heldOtherwise touches that wait for something else, such as a paused campaign
   */
  record Queue(
      String channel,
      int limitPerHour,
      int waiting,
      @Nullable Instant lastLeavesAt,
      @Nullable Instant nextFreeSlot,
      int heldOtherwise) {}

  record Answer(Instant asOf, List<Queue> channels) {}

  private final ForecastTouches forecasts;
  private final InstantSource clock;

  ForecastController(ForecastTouches forecasts, InstantSource clock) {
    this.forecasts = forecasts;
    this.clock = clock;
  }

  @GetMapping("/api/messages/forecast")
  Answer forecast(
      CurrentUser user,
      @RequestParam(name = "campaign_id", required = false) @Nullable UUID campaign) {
    Instant now = clock.instant();
    return new Answer(
        now,
        forecasts
            .of(user.businessId(), campaign, now)
            .orElseThrow(() -> new RefusedException(Problems.notFound("business")))
            .stream()
            .map(ForecastController::queue)
            .toList());
  }

  private static Queue queue(ForecastTouches.Line line) {
    return new Queue(
        line.channel().code(),
        line.limitPerHour(),
        line.forecast().waiting(),
        line.forecast().lastLeavesAt(),
        line.forecast().nextFreeSlot(),
        line.heldOtherwise());
  }
}
