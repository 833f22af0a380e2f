package dev.aftertouch.dispatch.links;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request for a link came from a human. Pure, and versioned with its reasons, so that
 * stored hits can be judged again by a better one.
 */
public final class ClickPolicy {
  /** Version that is stored with each verdict's reasons. */
  static final String VERSION = "1";

  private static final List<String> ROBOTS =
      List.of(
          "bot",
          "crawler",
          "spider",
          "preview",
          "headless",
          "scanner",
          "safelinks",
          "barracuda",
          "proofpoint",
          "mimecast",
          "facebookexternalhit",
          "whatsapp",
          "curl/",
          "wget/",
          "python-requests",
          "go-http-client",
          "java/",
          "okhttp",
          "apache-httpclient");

  private ClickPolicy() {}

  /**
   * A request for a link.
   *
   * @param purpose value of Purpose, Sec-Purpose, X-Purpose or X-Moz; null when none was sent
   */
  public record Hit(String method, @Nullable String userAgent, @Nullable String purpose) {}

  /** Who it was. */
  enum Verdict {
    HUMAN,
    SUSPECT,
    BOT
  }

  /** Who it was, and what speaks against a human. */
  record Judgement(Verdict verdict, List<String> reasons) {}

  /** Judges one request by itself. */
  static Judgement judge(Hit hit) {
    List<String> reasons = new ArrayList<>();
    if (!hit.method().equals("GET")) {
      reasons.add("method_" + hit.method().toLowerCase(Locale.ROOT));
    }
    if (hit.purpose() != null) {
      reasons.add("prefetch");
    }
    String agent = hit.userAgent() == null ? "" : hit.userAgent().toLowerCase(Locale.ROOT);
    if (ROBOTS.stream().anyMatch(agent::contains)) {
      reasons.add("robot_agent");
    }
    if (!reasons.isEmpty()) {
      return new Judgement(Verdict.BOT, reasons);
    }
    return agent.isBlank()
        ? new Judgement(Verdict.SUSPECT, List.of("no_agent"))
        : new Judgement(Verdict.HUMAN, List.of());
  }
}
