package dev.aftertouch.analytics.telling;

import dev.aftertouch.engine.story.Story;
import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.access.Role;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The story of an enrollment, for owner and staff. */
@RestController
class TimelineController {
  static final int LONGEST = 1_000;

  /**
   * A thing that happened.
   *
   * @param number of the touch, from 1
   * @param until when a held touch comes back
   * @param evidence what the decision rested on, and what else is known
   */
  record Item(
      Instant at,
      String kind,
      @Nullable Integer number,
      @Nullable String channel,
      @Nullable Integer round,
      @Nullable String reason,
      @Nullable Instant until,
      String sentence,
      Map<String, String> evidence) {}

  /** In the order of time; more says that the rest was left out. */
  record Answer(UUID enrollmentId, List<Item> items, boolean more) {}

  private final Tenancy tenancy;
  private final Timelines timelines;

  TimelineController(Tenancy tenancy, Timelines timelines) {
    this.tenancy = tenancy;
    this.timelines = timelines;
  }

  @GetMapping("/api/enrollments/{id}/timeline")
  Answer timeline(CurrentUser user, @PathVariable UUID id) {
    if (user.role() == Role.ANALYST) {
      throw new RefusedException(Problems.forbidden());
    }
    return tenancy.asBusiness(
        user.businessId(),
        () -> {
          List<Timelines.Line> lines = timelines.of(user.businessId(), id, LONGEST + 1);
          if (lines.isEmpty()) {
            throw new RefusedException(Problems.notFound("enrollment"));
          }
          return answer(id, lines, timelines.zone(user.businessId()));
        });
  }

  static Answer answer(UUID id, List<Timelines.Line> oneMore, ZoneId zone) {
    return new Answer(
        id,
        oneMore.stream().limit(LONGEST).map(line -> item(line, zone)).toList(),
        oneMore.size() > LONGEST);
  }

  private static Item item(Timelines.Line line, ZoneId zone) {
    return new Item(
        line.at(),
        line.kind(),
        line.number(),
        line.channel(),
        line.round(),
        line.reason(),
        line.until(),
        Story.sentence(Retelling.happening(line), zone),
        line.details());
  }
}
