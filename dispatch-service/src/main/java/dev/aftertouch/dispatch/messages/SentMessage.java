package dev.aftertouch.dispatch.messages;

import dev.aftertouch.engine.definition.Channel;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that was, or is being, handed over: what it takes to make something of what comes back.
 *
 * @param address null after the customer's erasure
 * @param isOpen whether its provider's answer is not known here: still claimed, or lost
 * @param linkNames by link number; targets likewise
 */
public record SentMessage(
    UUID business,
    UUID touch,
    UUID attempt,
    UUID enrollment,
    UUID campaign,
    UUID customer,
    String stepId,
    int number,
    Channel channel,
    @Nullable String address,
    boolean isOpen,
    List<String> linkNames,
    List<String> linkTargets) {

  /** Whether there is a link of that number. */
  public boolean hasLink(int link) {
    return link < linkTargets.size();
  }
}
