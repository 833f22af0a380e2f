package dev.aftertouch.dispatch.webhooks;

import dev.aftertouch.dispatch.suppressing.StopBarrier;
import dev.aftertouch.dispatch.webhooks.WebhookEndpoints.Endpoint;
import dev.aftertouch.dispatch.webhooks.WebhookInbox.Received;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Stores a verified webhook and works it in, in one transaction. When it returns, both are
 * committed and, if something was stopped, no gate is left that does not know: now it may be
 * acknowledged. A webhook that cannot be worked in is stored all the same and tried again later.
 */
@Component
final class ReceiveWebhook {
  private static final Logger log = LoggerFactory.getLogger(ReceiveWebhook.class);

  private final Tenancy tenancy;
  private final WebhookInbox inbox;
  private final WebhookEndpoints endpoints;
  private final ResendEvents resend;
  private final TwilioStatuses statuses;
  private final TwilioTexts texts;
  private final StopBarrier barrier;

  ReceiveWebhook(
      Tenancy tenancy,
      WebhookInbox inbox,
      WebhookEndpoints endpoints,
      ResendEvents resend,
      TwilioStatuses statuses,
      TwilioTexts texts,
      StopBarrier barrier) {
    this.tenancy = tenancy;
    this.inbox = inbox;
    this.endpoints = endpoints;
    this.resend = resend;
    this.statuses = statuses;
    this.texts = texts;
    this.barrier = barrier;
  }

  /** Tells what became of it; a repeat is never told of as {@link Worked#OPTED_OUT}. */
  Worked receive(Received webhook) {
    Worked worked = workIn(webhook);
    if (worked != Worked.DONE) {
      barrier.pass();
    }
    return worked;
  }

  /** A repeat counts as a stop: the first may have been committed without passing the barrier. */
  private Worked workIn(Received webhook) {
    try {
      return tenancy.asWorker(() -> inbox.add(webhook) ? work(webhook) : Worked.STOPPED);
    } catch (IllegalArgumentException unreadable) {
      log.warn("Webhook {} of {} is kept unread", webhook.eventId(), webhook.kind(), unreadable);
      tenancy.asWorker(
          () -> {
            inbox.add(webhook);
            inbox.waits(webhook);
          });
      return Worked.WAITING;
    }
  }

  /**
   * Tries one of those again whose message was not known; tells whether there may be more. One for
   * each transaction: of several, the businesses' locks would be taken in any order.
   */
  boolean retryWaiting() {
    AtomicReference<@Nullable Received> tried = new AtomicReference<>();
    try {
      Worked worked =
          tenancy.asWorker(
              () -> {
                Received waiting = inbox.nextWaiting().orElse(null);
                tried.set(waiting);
                return waiting == null ? Worked.DONE : work(waiting);
              });
      if (worked == Worked.STOPPED || worked == Worked.OPTED_OUT) {
        barrier.pass();
      }
    } catch (IllegalArgumentException unreadable) {
      Received webhook = Objects.requireNonNull(tried.get());
      log.warn("Webhook {} of {} stays unread", webhook.eventId(), webhook.kind(), unreadable);
      tenancy.asWorker(() -> inbox.waits(webhook));
    }
    return tried.get() != null;
  }

  private Worked work(Received webhook) {
    UUID account = account(webhook);
    Worked worked =
        switch (webhook.kind()) {
          case RESEND_EVENT -> resend.work(webhook, account);
          case TWILIO_STATUS -> statuses.work(webhook, account);
          case TWILIO_INBOUND -> texts.work(webhook, account);
        };
    switch (worked) {
      case DONE, STOPPED, OPTED_OUT -> inbox.done(webhook);
      case WAITING -> inbox.waits(webhook);
    }
    return worked;
  }

  private @Nullable UUID account(Received webhook) {
    return endpoints.find(webhook.endpoint()).map(Endpoint::business).orElse(null);
  }
}
