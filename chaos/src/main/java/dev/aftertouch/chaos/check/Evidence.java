package dev.aftertouch.chaos.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run left in its directory, one JSON document per line. Times are epoch milliseconds, real
 * ones by the wall clock, virtual ones by the clock of the system under test.
 */
public record Evidence(
    List<Business> businesses,
    List<Asked> asked,
    List<Stop> stops,
    List<Accepted> ledger,
    List<EnrollmentFact> enrollments,
    List<Outcome> outcomes,
    List<Attempt> attempts,
    List<Projected> projected,
    List<Buried> buried,
    List<Fault> faults) {

  /** How a business may send. */
  public record Business(
      String id, String email, String phone, int perHour, LocalTime quietFrom, LocalTime quietTo) {}

  /** A finished job whose customer is to hear from us; {@code acknowledged} by the broker. */
  public record Asked(
      String job,
      String business,
      String email,
      String phone,
      ZoneId zone,
      List<String> channels,
      boolean acknowledged) {}

  /** A stop that was acknowledged; real times. */
  public record Stop(
      String business, String channel, String address, long askedAt, long acknowledgedAt) {}

  /** A message that the provider accepted. */
  public record Accepted(
      long realAt,
      long virtualAt,
      String provider,
      String to,
      String from,
      String business,
      String touch) {}

  /** A fact of topic enrollments. */
  public record EnrollmentFact(
      String enrollment, String business, String job, String kind, String reason) {}

  /** A fact of topic touch-outcomes. */
  public record Outcome(
      String touch,
      int round,
      String business,
      String enrollment,
      int number,
      String channel,
      String kind,
      String reason) {}

  /** A touch as the gate's table has it at the end; {@code claimedAt} is real, 0 when never. */
  public record Attempt(
      String touch,
      String business,
      String channel,
      String state,
      String address,
      long claimedAt) {}

  /** Touches sent by a business as analytics has them at the end. */
  public record Projected(String business, long sent) {}

  /** A record that became a dead letter: {@code topic-partition@offset}, and why. */
  public record Buried(String origin, String reason) {}

  /** What was done to the system, at a real time. */
  public record Fault(long realAt, String kind, String victim) {}

  /** Reads a run's directory. */
  public static Evidence read(Path directory) {
    List<String> acknowledged = lines(directory, "acknowledged", e -> text(e, "job"));
    java.util.Set<String> sure = java.util.Set.copyOf(acknowledged);
    return new Evidence(
        lines(
            directory,
            "businesses",
            e ->
                new Business(
                    text(e, "business"),
                    text(e, "email"),
                    text(e, "phone"),
                    e.path("per_hour").asInt(),
                    LocalTime.parse(text(e, "quiet_from")),
                    LocalTime.parse(text(e, "quiet_to")))),
        lines(
            directory,
            "asked",
            e ->
                new Asked(
                    text(e, "job"),
                    text(e, "business"),
                    text(e, "email"),
                    text(e, "phone"),
                    ZoneId.of(text(e, "zone")),
                    e.path("channels").valueStream().map(JsonNode::asString).toList(),
                    sure.contains(text(e, "job")))),
        lines(
            directory,
            "stops",
            e ->
                new Stop(
                    text(e, "business"),
                    text(e, "channel"),
                    text(e, "address"),
                    e.path("asked_at").asLong(),
                    e.path("acknowledged_at").asLong())),
        lines(directory, "ledger", Function.identity()).stream()
            .filter(e -> text(e, "outcome").equals("accepted"))
            .map(Evidence::accepted)
            .toList(),
        lines(
            directory,
            "enrollments",
            e ->
                new EnrollmentFact(
                    text(e, "enrollment"),
                    text(e, "business"),
                    text(e, "job"),
                    text(e, "kind"),
                    text(e, "reason"))),
        lines(
            directory,
            "outcomes",
            e ->
                new Outcome(
                    text(e, "touch"),
                    e.path("round").asInt(),
                    text(e, "business"),
                    text(e, "enrollment"),
                    e.path("number").asInt(),
                    text(e, "channel"),
                    text(e, "kind"),
                    text(e, "reason"))),
        lines(
            directory,
            "attempts",
            e ->
                new Attempt(
                    text(e, "touch"),
                    text(e, "business"),
                    text(e, "channel"),
                    text(e, "state"),
                    text(e, "address"),
                    e.path("claimed_at").asLong(0))),
        lines(
            directory,
            "projected",
            e -> new Projected(text(e, "business"), e.path("sent").asLong())),
        lines(directory, "buried", e -> new Buried(text(e, "origin"), text(e, "reason"))),
        lines(
            directory,
            "faults",
            e -> new Fault(e.path("real_at").asLong(), text(e, "kind"), text(e, "victim"))));
  }

  private static Accepted accepted(JsonNode e) {
    JsonNode tags = e.path("correlation");
    String touch = text(tags, "touch_id").isEmpty() ? text(tags, "touch") : text(tags, "touch_id");
    return new Accepted(
        e.path("received_at").asLong(),
        e.path("virtual_at").asLong(),
        text(e, "provider"),
        text(e, "to"),
        text(e, "from"),
        text(e, "business"),
        touch);
  }

  private static String text(JsonNode entry, String field) {
    return entry.path(field).asString("");
  }

  private static <T> List<T> lines(Path directory, String name, Function<JsonNode, T> reader) {
    Path file = directory.resolve(name + ".jsonl");
    if (!Files.exists(file)) {
      return List.of();
    }
    JsonMapper json = JsonMapper.shared();
    try (var lines = Files.lines(file)) {
      List<T> read = new ArrayList<>();
      lines
          .filter(line -> !line.isBlank())
          .forEach(line -> read.add(reader.apply(json.readTree(line))));
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
