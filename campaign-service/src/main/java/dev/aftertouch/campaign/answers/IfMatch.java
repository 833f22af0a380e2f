package dev.aftertouch.campaign.answers;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The revision that a change builds on, from the header If-Match. Without the header, or with
 * {@code *}, the change builds on whatever is there.
 */
public record IfMatch(@Nullable String header) {
  /** The refusal when the thing has another revision than the change builds on. */
  public Optional<Refusal> against(long revision) {
    if (header == null || header.strip().equals("*")) {
      return Optional.empty();
    }
    // A proxy that compresses makes a tag weak.
    String tag = header.strip().replaceFirst("^W/", "");
    return tag.equals(etag(revision)) ? Optional.empty() : Optional.of(new Refusal.Stale(revision));
  }

  /** The entity tag of a revision. */
  public static String etag(long revision) {
    return "\"" + revision + "\"";
  }
}
