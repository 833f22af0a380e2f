package dev.aftertouch.campaign.templates;

import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.definition.Template;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Wording that a business keeps under a name.
 *
 * @param subject of an e-mail; null for a text
 */
public record StoredTemplate(
    UUID id,
    String name,
    Channel channel,
    @Nullable String subject,
    String body,
    long revision,
    Instant createdAt,
    Instant updatedAt) {

  /** What a step says that uses it. */
  public Template wording() {
    return new Template(subject, body);
  }
}
