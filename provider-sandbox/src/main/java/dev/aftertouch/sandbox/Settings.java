package dev.aftertouch.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the sandbox was asked to run. Each option {@code --some-name VALUE} may also come from the
 * environment as {@code SANDBOX_SOME_NAME}; the command line wins.
 */
public final class Settings {
  /** Resend's own attempts: 8 over 27 h 35 min. */
  private static final String RESEND_RETRIES = "5,300,1800,7200,18000,36000,36000";

  /** Every option with what it is without being said; empty for none. */
  private static final Map<String, String> DEFAULTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("host", "127.0.0.1"),
              Map.entry("port", "8090"),
              Map.entry("smtp-port", "8025"),
              Map.entry("threads", "2"),
              Map.entry("resend-api-key", ""),
              Map.entry("resend-webhook-url", ""),
              Map.entry("resend-webhook-secret", "whsec_c2FuZGJveC13ZWJob29rLXNlY3JldC0zMi1ieXQ="),
              Map.entry("resend-retry-seconds", RESEND_RETRIES),
              Map.entry("twilio-account-sid", ""),
              Map.entry("twilio-auth-token", "sandbox-auth-token"),
              Map.entry("twilio-inbound-url", ""),
              Map.entry("twilio-from", "+15005550006"),
              Map.entry("smtp-password", ""),
              Map.entry("auto-deliver", "true"),
              Map.entry("deliver-after-ms", "200"),
              Map.entry("ledger", ""),
              Map.entry("fsync", "false"),
              Map.entry("clock-file", ""),
              Map.entry("keep-messages", "20000"),
              Map.entry("keep-bytes", Long.toString(inboxBytes())),
              Map.entry("seed", "1")));

  private static final Set<String> FLAGS = Set.of("fsync", "auto-deliver");

  private final Map<String, String> values;

  /** A sixth of the heap, because a message weighs about twice its payload; at most 32 MB. */
  private static long inboxBytes() {
    return Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 6);
  }

  private Settings(Map<String, String> values) {
    this.values = values;
  }

  /** Fails with a sentence for the user where an option is unknown or its value makes no sense. */
  public static Settings parse(List<String> arguments, Map<String, String> environment) {
    Map<String, String> values = new TreeMap<>(DEFAULTS);
    for (String name : DEFAULTS.keySet()) {
      String value = environment.get("SANDBOX_" + name.toUpperCase(Locale.ROOT).replace('-', '_'));
      if (value != null) {
        values.put(name, value);
      }
    }
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.indexOf('=');
      String name = argument.substring(Math.min(2, argument.length()));
      if (equals > 0) {
        name = argument.substring(2, equals);
      }
      if (!argument.startsWith("--") || !DEFAULTS.containsKey(name)) {
        throw new IllegalArgumentException(
            "Unknown option " + argument + ". Known: --" + String.join(" --", DEFAULTS.keySet()));
      }
      boolean followed = i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--");
      if (equals > 0) {
        values.put(name, argument.substring(equals + 1));
      } else if (followed) {
        values.put(name, arguments.get(++i));
      } else if (FLAGS.contains(name)) {
        values.put(name, "true");
      } else {
        throw new IllegalArgumentException("Option --" + name + " needs a value.");
      }
    }
    return new Settings(values);
  }

  public String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("There is no option --" + name);
    }
    return value;
  }

  public @Nullable String optional(String name) {
    String value = text(name);
    return value.isBlank() ? null : value;
  }

  public long number(String name) {
    try {
      return Long.parseLong(text(name).strip());
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException("--" + name + " is not a number: " + text(name));
    }
  }

  public boolean flag(String name) {
    return switch (text(name).toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("--" + name + " is true or false");
    };
  }

  public @Nullable Path path(String name) {
    String value = optional(name);
    return value == null ? null : Path.of(value);
  }

  public Set<String> words(String name) {
    return Arrays.stream(text(name).split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whole seconds, comma-separated. */
  public List<Duration> seconds(String name) {
    try {
      return Arrays.stream(text(name).split(","))
          .map(String::strip)
          .filter(word -> !word.isEmpty())
          .map(word -> Duration.ofSeconds(Long.parseLong(word)))
          .toList();
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException("--" + name + " is a list of seconds: 5,300,1800");
    }
  }

  /** How long after acceptance a message is delivered; null where that is switched off. */
  public @Nullable Duration deliverAfter() {
    return flag("auto-deliver") ? Duration.ofMillis(Math.max(2, number("deliver-after-ms"))) : null;
  }
}
