package dev.aftertouch.dispatch.suppressing;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.access.Role;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
  private static final int LONGEST_EMAIL = 254;
  private static final String DEFAULT_COUNTRY = "US";

  record OptOut(@Nullable String channel, @Nullable String address, @Nullable String note) {}

  record Suppression(
      String channel,
      @Nullable String address,
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
        row.reason(),
        row.source(),
        row.since(),
        row.liftedAt());
  }

  @PostMapping
  @PreAuthorize("hasAnyRole('OWNER', 'STAFF')")
  @ResponseStatus(HttpStatus.CREATED)
  Suppression add(CurrentUser user, @RequestBody OptOut optOut) {
    Address address = address(user.businessId(), optOut);
    Instant now = clock.instant();
    StopReason reason =
        address.channel() == Channel.SMS ? StopReason.OPTED_OUT_SMS : StopReason.OPTED_OUT_EMAIL;
    RecordStops.Cause cause =
        new RecordStops.Cause(UUID.randomUUID().toString(), "recorded_by_staff", now);
    tenancy.asWorker(() -> stops.suppress(address, SuppressionReason.MANUAL, reason, null, cause));
    barrier.pass();
    return new Suppression(
        address.channel().code(),
        address.value(),
        SuppressionReason.MANUAL.code(),
        cause.source(),
        now,
        null);
  }

  private static Address address(UUID business, OptOut optOut) {
    String given = optOut.address() == null ? "" : optOut.address().strip();
    return switch (optOut.channel()) {
      case "email" -> {
        if (given.length() > LONGEST_EMAIL || !given.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")) {
          throw invalid(
              "address", "not_an_email", "Enter an e-mail address such as ann@example.com.");
        }
        yield Address.email(business, given);
      }
      case "sms" -> Address.phone(business, e164(given));
      case null, default ->
          throw invalid("channel", "unknown_channel", "The channel must be email or sms.");
    };
  }

  private static String e164(String given) {
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    try {
      PhoneNumber number = numbers.parse(given, DEFAULT_COUNTRY);
      if (numbers.isPossibleNumber(number)) {
        return numbers.format(number, PhoneNumberFormat.E164);
      }
    } catch (NumberParseException unreadable) {
      // Answered below as any other number that is none.
    }
    throw invalid("address", "not_a_phone_number", "Enter a phone number such as +13035550100.");
  }

  private static RefusedException invalid(String field, String code, String message) {
    return new RefusedException(Problems.invalid(List.of(new FieldError(field, code, message))));
  }
}
