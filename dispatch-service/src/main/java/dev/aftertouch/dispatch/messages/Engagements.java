package dev.aftertouch.dispatch.messages;

import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.facts.Engagement;
import dev.aftertouch.facts.EngagementKind;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.outbox.Outbox;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells everybody what came back, in the transaction that stores it. */
public final class Engagements {
  /**
   * That something happened.
   *
   * @param id of the event in its source; a repeat has the same, and so has the fact
   */
  public record Happening(String id, EngagementKind kind, Channel channel, Instant at) {}

  private final Outbox outbox;

  Engagements(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Something about a message; the link is the name of the one that was clicked. */
  public void add(SentMessage message, Happening happening, @Nullable String link) {
    publish(
        message.business(),
        message.customer().toString(),
        new Engagement(
            id(message.business(), happening),
            message.business(),
            happening.kind(),
            facts(happening.channel()),
            happening.at(),
            message.customer(),
            message.enrollment(),
            message.campaign(),
            message.touch(),
            message.stepId(),
            message.number(),
            link));
  }

  /** Something about a customer, or about an address that belongs to none. */
  public void add(UUID business, @Nullable UUID customer, Happening happening) {
    UUID id = id(business, happening);
    publish(
        business,
        customer == null ? id.toString() : customer.toString(),
        new Engagement(
            id,
            business,
            happening.kind(),
            facts(happening.channel()),
            happening.at(),
            customer,
            null,
            null,
            null,
            null,
            null,
            null));
  }

  private void publish(UUID business, String key, Engagement engagement) {
    outbox.add(business, Topics.ENGAGEMENTS, key, engagement);
  }

  private static UUID id(UUID business, Happening happening) {
    return UUID.nameUUIDFromBytes(
        (business + "\n" + happening.kind() + "\n" + happening.id())
            .getBytes(StandardCharsets.UTF_8));
  }

  private static dev.aftertouch.facts.Channel facts(Channel channel) {
    return switch (channel) {
      case EMAIL -> dev.aftertouch.facts.Channel.EMAIL;
      case SMS -> dev.aftertouch.facts.Channel.SMS;
    };
  }
}
