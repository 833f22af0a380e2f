package dev.aftertouch.dispatch.links;

import dev.aftertouch.dispatch.links.JudgeClicks.Request;
import dev.aftertouch.dispatch.links.LinkTokens.Link;
import dev.aftertouch.dispatch.links.LinkTokens.Purpose;
import dev.aftertouch.dispatch.messages.SentMessage;
import dev.aftertouch.dispatch.messages.SentMessages;
import dev.aftertouch.dispatch.suppressing.StopBarrier;
import dev.aftertouch.engine.inbound.Click.Place;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Leads to a link's target, and hands on who asked for it. */
public final class FollowLink {
  /** A link of the message that is none of those we know. */
  private static final int FOREIGN = -1;

  /** Where a link leads; null for the one that leads nowhere. */
  private record Followed(@Nullable String target, boolean gateMustKnow) {}

  private final Tenancy tenancy;
  private final LinkTokens tokens;
  private final SentMessages messages;
  private final JudgeClicks clicks;
  private final StopBarrier barrier;
  private final InstantSource clock;

  FollowLink(
      Tenancy tenancy,
      LinkTokens tokens,
      SentMessages messages,
      JudgeClicks clicks,
      StopBarrier barrier,
      InstantSource clock) {
    this.tenancy = tenancy;
    this.tokens = tokens;
    this.messages = messages;
    this.clicks = clicks;
    this.barrier = barrier;
    this.clock = clock;
  }

  /**
   * The target of one of our links; empty for a token that we did not write and for the honeypot.
   */
  Optional<String> follow(String token, Request request) {
    Optional<Followed> followed =
        tokens
            .read(Purpose.CLICK, token)
            .flatMap(link -> tenancy.asWorker(() -> followStored(link, request)));
    if (followed.isPresent() && followed.get().gateMustKnow()) {
      barrier.pass();
    }
    return followed.map(Followed::target);
  }

  private Optional<Followed> followStored(Link link, Request request) {
    boolean honeypot = link.number() == LinkTokens.HONEYPOT;
    return messages
        .ofAttempt(link.business(), link.attempt())
        .filter(message -> honeypot || message.hasLink(link.number()))
        .map(
            message -> {
              if (honeypot) {
                clicks.arrived(message, Place.HONEYPOT, 0, request, clock.instant());
                return new Followed(null, false);
              }
              boolean known =
                  clicks.arrived(message, Place.LINK, link.number(), request, clock.instant());
              return new Followed(message.linkTargets().get(link.number()), known);
            });
  }

  /**
   * Works in a click that the provider tells of, in the caller's transaction. Tells whether the
   * gate must know of it: then the caller passes the barrier.
   *
   * @param address one of ours, or a target itself
   */
  public boolean told(
      SentMessage message, String address, @Nullable String userAgent, Instant hitAt) {
    Request request = new Request("GET", userAgent, null);
    String token = address.substring(address.lastIndexOf('/') + 1);
    int number =
        tokens
            .read(Purpose.CLICK, token)
            .filter(link -> link.attempt().equals(message.attempt()))
            .map(Link::number)
            .orElseGet(() -> message.linkTargets().indexOf(address));
    if (number == LinkTokens.HONEYPOT) {
      return clicks.arrived(message, Place.HONEYPOT, 0, request, hitAt);
    }
    return clicks.arrived(
        message, Place.LINK, message.hasLink(number) ? number : FOREIGN, request, hitAt);
  }
}
