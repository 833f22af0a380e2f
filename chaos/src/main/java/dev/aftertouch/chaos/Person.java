package dev.aftertouch.chaos;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A customer with one finished job.
 *
 * @param dueAt when the first touch falls due, virtual
 * @param publishAt when the job system tells of the job, virtual
 * @param repeats how often it tells
 */
record Person(int number, Firm firm, Region region, Instant dueAt, Instant publishAt, int repeats) {

  String job() {
    return "job-" + number;
  }

  String externalId() {
    return "customer-" + number;
  }

  String email() {
    return "customer-" + number + "@customers.example";
  }

  String phone() {
    return "+1" + region.areaCode() + (2_000_000 + number);
  }

  Map<String, ?> asked() {
    return Map.of(
        "job", job(),
        "business", firm.id().toString(),
        "email", email(),
        "phone", phone(),
        "zone", region.zone(),
        "channels", firm.path().channels());
  }

  /** Where people live; the area code lies in the same zone as the address. */
  record Region(String zone, String areaCode, String city, String state) {
    static final List<Region> ALL =
        List.of(
            new Region("America/New_York", "212", "New York", "NY"),
            new Region("America/Chicago", "312", "Chicago", "IL"),
            new Region("America/Denver", "303", "Denver", "CO"),
            new Region("America/Los_Angeles", "415", "San Francisco", "CA"));
  }

  /** What a campaign sends, an hour after the job and then minute by minute. */
  enum Path {
    MAIL_THEN_TEXT("email", "sms"),
    TEXT_THEN_MAIL("sms", "email"),
    MAIL_THEN_MAIL("email", "email");

    private final List<String> channels;

    Path(String... channels) {
      this.channels = List.of(channels);
    }

    List<String> channels() {
      return channels;
    }
  }

  /** A business with one campaign. */
  record Firm(int number, Path path) {
    UUID id() {
      return new UUID(7, number);
    }

    UUID campaign() {
      return new UUID(8, number);
    }

    String email() {
      return "hello-" + number + "@firms.example";
    }

    String phone() {
      return "+1720" + (3_000_000 + number);
    }
  }
}
