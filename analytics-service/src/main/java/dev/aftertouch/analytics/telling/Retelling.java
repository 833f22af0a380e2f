package dev.aftertouch.analytics.telling;

import dev.aftertouch.analytics.telling.Timelines.Line;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.story.Happening;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A kept line as the engine's story knows it. */
final class Retelling {
  private Retelling() {}

  static Happening happening(Line line) {
    Map<String, String> details = line.details();
    return switch (line.kind()) {
      case "enrolled" ->
          new Happening.Enrolled(
              line.campaign(),
              number(details, "version"),
              details.get("job_id"),
              details.getOrDefault("source", ""),
              number(details, "touches"));
      case "held" ->
          new Happening.Held(
              touchOf(line), Objects.requireNonNull(line.until()), reason(line), details);
      case "sent" ->
          new Happening.Sent(touchOf(line), details.getOrDefault("provider", "the provider"));
      case "skipped" -> new Happening.Skipped(touchOf(line), reason(line), details);
      case "failed" ->
          new Happening.Failed(
              touchOf(line), reason(line), details.get("provider"), details.get("provider_code"));
      case "unknown" ->
          new Happening.Unknown(
              touchOf(line), details.getOrDefault("provider", "the provider"), reason(line));
      case "stopped" -> new Happening.Stopped(reason(line), details.get("stopped_by"));
      case "completed" -> new Happening.Completed(number(details, "touches_completed"));
      default ->
          new Happening.CameBack(
              Happening.Kind.valueOf(line.kind().toUpperCase(Locale.ROOT)),
              touch(line),
              details.get("link"));
    };
  }

  private static Happening.Touch touchOf(Line line) {
    return Objects.requireNonNull(touch(line), "A decision is of a touch");
  }

  private static Happening.@Nullable Touch touch(Line line) {
    return line.number() == null || line.channel() == null
        ? null
        : new Happening.Touch(
            line.number(), Channel.valueOf(line.channel().toUpperCase(Locale.ROOT)));
  }

  private static String reason(Line line) {
    return Objects.requireNonNull(line.reason());
  }

  private static int number(Map<String, String> details, String name) {
    return Integer.parseInt(details.getOrDefault(name, "0"));
  }
}
