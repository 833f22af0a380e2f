package dev.aftertouch.dispatch.messages;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * What is handed to the provider, byte for byte, and where its tracked links lead. Written once, by
 * the gate; emptied when the customer is erased.
 *
 * @param linkNames by link number; targets likewise
 */
public record FrozenMessage(
    UUID attempt, UUID touch, byte[] body, List<String> linkNames, List<String> linkTargets) {

  FrozenMessage emptied() {
    return new FrozenMessage(attempt, touch, new byte[0], List.of(), List.of());
  }

  /** The bytes as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Whether it was emptied. */
  public boolean isEmpty() {
    return body.length == 0;
  }
}
