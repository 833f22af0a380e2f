package dev.aftertouch.dispatch.reconciling;

import dev.aftertouch.dispatch.replicas.Businesses;
import dev.aftertouch.dispatch.sending.TwilioMessages;
import dev.aftertouch.dispatch.webhooks.MissedTexts;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Twilio for the texts that customers sent lately, since its webhooks are tried for seconds
 * only: a STOP that came while our door was shut must count all the same. One call after the other,
 * so however many numbers there are, Twilio gets one request at a time.
 */
final class PollTexts {
  private static final Logger log = LoggerFactory.getLogger(PollTexts.class);
  private static final int NUMBERS = 100;
  private static final int FIRST_TURN = 24;

  private final Tenancy tenancy;
  private final Businesses businesses;
  private final TwilioMessages twilio;
  private final MissedTexts missed;
  private final InstantSource clock;
  private final Duration window;

  /** The number that was asked for last in this turn through all numbers. */
  private String cursor = "";

  /** What came while no instance ran: the first turn looks back further. */
  private boolean firstTurn = true;

  PollTexts(
      Tenancy tenancy,
      Businesses businesses,
      TwilioMessages twilio,
      MissedTexts missed,
      InstantSource clock,
      Duration window) {
    this.tenancy = tenancy;
    this.businesses = businesses;
    this.twilio = twilio;
    this.missed = missed;
    this.clock = clock;
    this.window = window;
  }

  /** Asks for some numbers; tells whether there are more in this turn. */
  boolean poll() {
    String endpoint = twilio.endpoint();
    if (endpoint == null) {
      return false;
    }
    List<String> numbers = tenancy.asWorker(() -> businesses.senderPhonesAfter(cursor, NUMBERS));
    for (String number : numbers) {
      Duration back = firstTurn ? window.multipliedBy(FIRST_TURN) : window;
      switch (twilio.received(number, clock.instant().minus(back))) {
        case TwilioMessages.Answer.Listed<TwilioMessages.Received>(var texts) -> {
          int taken = missed.take(endpoint, texts);
          if (taken > 0) {
            log.info("{} texts had not been brought by a webhook", taken);
          }
        }
        case TwilioMessages.Answer.Unanswered<TwilioMessages.Received>(var why) ->
            log.warn("Twilio did not list the texts to a number: {}", why);
      }
    }
    boolean more = numbers.size() == NUMBERS;
    firstTurn &= more;
    cursor = more ? numbers.getLast() : "";
    return more;
  }
}
