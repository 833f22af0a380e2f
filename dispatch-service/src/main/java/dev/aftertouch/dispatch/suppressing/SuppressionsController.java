package dev.aftertouch.dispatch.suppressing;

import dev.aftertouch.dispatch.suppressing.RecordStops.Cause;
import dev.aftertouch.engine.consent.ConsentFact;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.definition.Purpose;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.access.Role;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who must not be contacted; opt-outs given by phone, by letter or in person are recorded here. */
@RestController
@RequestMapping("/api/suppressions")
class SuppressionsController {
  private static final int LONGEST_PAGE = 200;
  private static final int LONGEST_NOTE = 500;
  private static final String SOURCE = "recorded_by_staff";

  record OptOut(
      @Nullable String channel,
      @Nullable String address,
      @Nullable String purpose,
      @Nullable String note) {}

  record Lifting(
      @Nullable String channel,
      @Nullable String address,
      @Nullable String purpose,
      @Nullable String evidence,
      @Nullable Instant saidAt) {}

  record Suppression(
      String channel,
      @Nullable String address,
      String purpose,
      String reason,
      String source,
      Instant since,
      @Nullable Instant liftedAt) {}

  record Page(List<Suppression> suppressions, int limit, int offset) {}

  private final Tenancy tenancy;
  private final Suppressions suppressions;
  private final RecordStops stops;
  private final StopBarrier barrier;
  private final InstantSource clock;

  SuppressionsController(
      Tenancy tenancy,
      Suppressions suppressions,
      RecordStops stops,
      StopBarrier barrier,
      InstantSource clock) {
    this.tenancy = tenancy;
    this.suppressions = suppressions;
    this.stops = stops;
    this.barrier = barrier;
    this.clock = clock;
  }

  @GetMapping
  Page list(
      CurrentUser user,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(defaultValue = "0") int offset) {
    int size = Math.clamp(limit, 1, LONGEST_PAGE);
    int from = Math.max(0, offset);
    List<Suppressions.Row> rows =
        tenancy.asBusiness(
            user.businessId(), () -> suppressions.page(user.businessId(), size, from));
    return new Page(rows.stream().map(row -> visible(user, row)).toList(), size, from);
  }

  private static Suppression visible(CurrentUser user, Suppressions.Row row) {
    return new Suppression(
        row.channel(),
        user.role() == Role.ANALYST ? null : row.address(),
        row.purpose(),
        row.reason(),
        row.source(),
        row.since(),
        row.liftedAt());
  }

  @PostMapping
  @PreAuthorize("hasAnyRole('OWNER', 'STAFF')")
  @ResponseStatus(HttpStatus.CREATED)
  Suppression add(CurrentUser user, @RequestBody OptOut optOut) {
    Address address = GivenAddress.read(user.businessId(), optOut.channel(), optOut.address());
    Purpose purpose = GivenAddress.purpose(optOut.purpose());
    String note = optOut.note() == null ? "" : optOut.note().strip();
    if (note.length() > LONGEST_NOTE) {
      throw GivenAddress.invalid("note", "too_long", "A note has at most 500 characters.");
    }
    Instant now = clock.instant();
    StopReason reason =
        address.channel() == Channel.SMS ? StopReason.OPTED_OUT_SMS : StopReason.OPTED_OUT_EMAIL;
    Map<String, String> evidence =
        note.isEmpty() ? Map.of("by", user.email()) : Map.of("by", user.email(), "note", note);
    Cause cause = new Cause(UUID.randomUUID().toString(), SOURCE, now, evidence);
    tenancy.asWorker(
        () -> {
          if (purpose == null) {
            stops.suppress(address, SuppressionReason.MANUAL, reason, null, cause);
          } else {
            stops.suppressPurpose(address, purpose, SuppressionReason.MANUAL, reason, cause);
          }
        });
    barrier.pass();
    return new Suppression(
        address.channel().code(),
        address.value(),
        ConsentFact.scope(purpose),
        SuppressionReason.MANUAL.code(),
        cause.source(),
        now,
        null);
  }

  /**
   * Reopens an address on its recipient's word, given by phone, by letter or in person later than
   * the stop. What it rests on is kept in the consent ledger.
   */
  @PostMapping("/lift")
  @PreAuthorize("hasAnyRole('OWNER', 'STAFF')")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void lift(CurrentUser user, @RequestBody Lifting lifting) {
    Address address = GivenAddress.read(user.businessId(), lifting.channel(), lifting.address());
    Purpose purpose = GivenAddress.purpose(lifting.purpose());
    String evidence = lifting.evidence() == null ? "" : lifting.evidence().strip();
    if (evidence.isEmpty() || evidence.length() > LONGEST_NOTE) {
      throw GivenAddress.invalid(
          "evidence",
          "evidence_missing",
          "Say in 1 to 500 characters when and how the recipient asked to be contacted again.");
    }
    Instant now = clock.instant();
    Instant said = lifting.saidAt() == null ? now : lifting.saidAt();
    if (said.isAfter(now)) {
      throw GivenAddress.invalid("said_at", "in_the_future", "said_at cannot be in the future.");
    }
    Cause cause =
        new Cause(
            UUID.randomUUID().toString(),
            SOURCE,
            said,
            Map.of("by", user.email(), "evidence", evidence));
    if (!tenancy.asWorker(() -> stops.liftByStaff(address, purpose, cause))) {
      throw new RefusedException(
          Problems.of(
              HttpStatus.CONFLICT,
              "nothing_to_lift",
              "Nothing to lift",
              "No opt-out of that scope stands that is older than the recipient's word and that staff may lift. A"
                  + " bounce, a complaint or a provider's block stays; a text in doubt is decided in the review queue."));
    }
  }
}
