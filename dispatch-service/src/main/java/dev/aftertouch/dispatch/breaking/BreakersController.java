package dev.aftertouch.dispatch.breaking;

import dev.aftertouch.dispatch.breaking.Breakers.Key;
import dev.aftertouch.dispatch.breaking.Breakers.Standing;
import dev.aftertouch.engine.breaker.Breaker;
import dev.aftertouch.engine.breaker.Breaker.Limits;
import dev.aftertouch.engine.breaker.Breaker.State;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The breakers of the caller's business, one a channel. */
@RestController
@RequestMapping("/api/breakers")
class BreakersController {
  private static final int LONGEST_NOTE = 500;

  /**
   * A channel's breaker and what it rests on; rates as parts of one.
   *
   * @param since when it came into its state; null where nobody ever complained
   * @param countedSince from when on messages count
   * @param leastComplaints fewer change nothing
   */
  record View(
      String channel,
      String state,
      @Nullable Instant since,
      long complaints,
      long accepted,
      double rate,
      @Nullable Instant countedSince,
      @Nullable Instant judgedAt,
      int leastComplaints,
      double warnRate,
      double pauseRate,
      @Nullable Instant resumedAt,
      @Nullable String resumedBy,
      @Nullable String note) {}

  record Answer(List<View> breakers) {}

  record Resuming(@Nullable String note) {}

  private final Tenancy tenancy;
  private final Breakers breakers;
  private final InstantSource clock;

  BreakersController(Tenancy tenancy, Breakers breakers, InstantSource clock) {
    this.tenancy = tenancy;
    this.breakers = breakers;
    this.clock = clock;
  }

  @GetMapping
  Answer list(CurrentUser user) {
    return new Answer(views(user.businessId()));
  }

  @PostMapping("/{channel}/resume")
  @PreAuthorize("hasRole('OWNER')")
  View resume(CurrentUser user, @PathVariable String channel, @RequestBody Resuming resuming) {
    Channel resumed = channel(channel);
    String note = note(resuming);
    Key key = new Key(user.businessId(), resumed);
    Instant now = clock.instant();
    if (!tenancy.asWorker(() -> breakers.resume(key, user.email(), note, now))) {
      throw new RefusedException(
          Problems.of(
              HttpStatus.CONFLICT,
              "not_paused",
              "Not paused",
              "This channel is not paused, so there is nothing to resume."));
    }
    return views(user.businessId()).get(resumed.ordinal());
  }

  private static Channel channel(String code) {
    return Arrays.stream(Channel.values())
        .filter(channel -> channel.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new RefusedException(Problems.notFound("channel")));
  }

  private static String note(Resuming resuming) {
    String note = resuming.note() == null ? "" : resuming.note().replace('\0', ' ').strip();
    if (note.isEmpty()) {
      throw invalid("note_missing", "Say in a few words why the messages may go on.");
    }
    if (note.length() > LONGEST_NOTE) {
      throw invalid("note_too_long", "Shorten the note to 500 characters.");
    }
    return note;
  }

  private static RefusedException invalid(String code, String message) {
    return new RefusedException(Problems.invalid(List.of(new FieldError("note", code, message))));
  }

  /** In the order of the channels. */
  private List<View> views(UUID business) {
    List<Standing> standings = tenancy.asBusiness(business, () -> breakers.of(business));
    return Arrays.stream(Channel.values())
        .map(
            channel ->
                standings.stream()
                    .filter(standing -> standing.channel() == channel)
                    .findFirst()
                    .map(BreakersController::view)
                    .orElseGet(() -> neverJudged(channel)))
        .toList();
  }

  private static View neverJudged(Channel channel) {
    Limits limits = Breaker.limits(channel);
    return new View(
        channel.code(),
        State.CLOSED.code(),
        null,
        0,
        0,
        0,
        null,
        null,
        limits.leastComplaints(),
        limits.warnRate(),
        limits.pauseRate(),
        null,
        null,
        null);
  }

  private static View view(Standing standing) {
    Limits limits = Breaker.limits(standing.channel());
    return new View(
        standing.channel().code(),
        standing.state().code(),
        standing.since(),
        standing.count().complaints(),
        standing.count().accepted(),
        standing.count().rate(),
        standing.countedSince(),
        standing.judgedAt(),
        limits.leastComplaints(),
        limits.warnRate(),
        limits.pauseRate(),
        standing.resumedAt(),
        standing.resumedBy(),
        standing.note());
  }
}
