package dev.aftertouch.analytics.projecting;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What the line of a timeline tells of a touch that was sent, beside when.
 *
 * @param round the one that was answered by sending
 * @param payloadHash of the frozen message
 * @param segments of a text
 */
public record Sending(
    int round, String stepId, String provider, String payloadHash, @Nullable Integer segments)
    implements Comparable<Sending> {
  /** Leaves nothing of it; to be followed by the touches that are meant. Their times stay. */
  public static final String FORGET =
      """
      UPDATE touches SET
        sent_round = NULL, sent_segments = NULL, sent_step_id = NULL, sent_provider = NULL, sent_payload_hash = NULL
      """;

  private static final Comparator<Sending> ORDER =
      Comparator.comparingInt(Sending::round)
          .thenComparing(Sending::stepId)
          .thenComparing(Sending::provider)
          .thenComparing(Sending::payloadHash)
          .thenComparing(Sending::segments, Comparator.nullsFirst(Comparator.naturalOrder()));

  @Override
  public int compareTo(Sending other) {
    return ORDER.compare(this, other);
  }
}
