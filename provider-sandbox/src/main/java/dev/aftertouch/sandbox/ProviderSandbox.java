package dev.aftertouch.sandbox;

import dev.aftertouch.sandbox.clock.SharedClock;
import dev.aftertouch.sandbox.faults.Faults;
import dev.aftertouch.sandbox.faults.FaultsApi;
import dev.aftertouch.sandbox.http.HttpFrontDoor;
import dev.aftertouch.sandbox.inbox.Actions;
import dev.aftertouch.sandbox.inbox.InboxApi;
import dev.aftertouch.sandbox.inbox.InboxPages;
import dev.aftertouch.sandbox.ledger.Ledger;
import dev.aftertouch.sandbox.ledger.LedgerApi;
import dev.aftertouch.sandbox.messages.Messages;
import dev.aftertouch.sandbox.resend.IdempotencyKeys;
import dev.aftertouch.sandbox.resend.ResendApi;
import dev.aftertouch.sandbox.resend.ResendEvents;
import dev.aftertouch.sandbox.smtp.MailIntake;
import dev.aftertouch.sandbox.smtp.SmtpServer;
import dev.aftertouch.sandbox.twilio.OptOuts;
import dev.aftertouch.sandbox.twilio.TwilioApi;
import dev.aftertouch.sandbox.twilio.TwilioEvents;
import dev.aftertouch.sandbox.webhooks.SvixSignature;
import dev.aftertouch.sandbox.webhooks.Webhooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Starts the stand-ins for Resend, Twilio and an SMTP relay, and keeps them until closed. */
public final class ProviderSandbox implements AutoCloseable {
  private static final String NO_ACCOUNT = "AC00000000000000000000000000000000";

  private final Ledger ledger;
  private final Webhooks webhooks;
  private final HttpFrontDoor http;
  private final SmtpServer smtp;

  private ProviderSandbox(Ledger ledger, Webhooks webhooks, HttpFrontDoor http, SmtpServer smtp) {
    this.ledger = ledger;
    this.webhooks = webhooks;
    this.http = http;
    this.smtp = smtp;
  }

  public static void main(String[] arguments) {
    try {
      Settings settings = Settings.parse(List.of(arguments), System.getenv());
      ProviderSandbox sandbox = start(settings, InstantSource.system());
      Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
      System.out.println(
          "provider-sandbox: http on port "
              + sandbox.httpPort()
              + ", smtp on "
              + sandbox.smtpPort());
    } catch (IllegalArgumentException | IOException refused) {
      System.err.println("provider-sandbox: " + refused.getMessage());
      System.exit(2);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Starts in this process.
   *
   * @param real the clock that virtual time is counted from
   * @throws IOException when a port is in use or the ledger cannot be opened; the message says
   *     which
   * @throws IllegalArgumentException when a setting makes no sense
   */
  public static ProviderSandbox start(Settings settings, InstantSource real)
      throws IOException, InterruptedException {
    SharedClock clock = new SharedClock(real, settings.path("clock-file"));
    IdempotencyKeys keys = new IdempotencyKeys();
    OptOuts optOuts = new OptOuts();
    Ledger ledger =
        Ledger.open(
            settings.path("ledger"),
            settings.flag("fsync"),
            clock,
            kept -> {
              keys.replay(kept);
              optOuts.replay(kept);
            });
    Messages messages =
        new Messages((int) settings.number("keep-messages"), settings.number("keep-bytes"));
    Faults faults = new Faults(settings.number("seed"));
    Webhooks webhooks = new Webhooks();
    Duration deliverAfter = settings.deliverAfter();
    ResendEvents resendEvents = new ResendEvents(resend(settings, deliverAfter), webhooks, clock);
    TwilioEvents twilioEvents =
        new TwilioEvents(
            twilio(settings, deliverAfter), webhooks, optOuts, messages, ledger, clock);
    ResendApi resend =
        new ResendApi(
            settings.words("resend-api-key"), faults, ledger, messages, keys, resendEvents, clock);
    TwilioApi.Settings credentials =
        new TwilioApi.Settings(
            settings.optional("twilio-account-sid"),
            settings.text("twilio-auth-token"),
            settings.text("twilio-from"));
    TwilioApi twilio =
        new TwilioApi(credentials, faults, ledger, messages, optOuts, twilioEvents, clock);
    Actions actions = new Actions(resendEvents, twilioEvents, clock);
    Routes routes =
        new Routes(
            resend,
            twilio,
            new LedgerApi(ledger),
            new FaultsApi(faults),
            new InboxApi(messages, actions),
            new InboxPages(messages, actions, clock),
            webhooks,
            () -> {
              messages.clear();
              keys.clear();
              optOuts.clear();
              faults.replace(List.of());
              clear(ledger);
            });
    MailIntake intake = new MailIntake(faults, ledger, messages, keys, clock);
    return listen(settings, ledger, webhooks, routes, intake);
  }

  private static ProviderSandbox listen(
      Settings settings, Ledger ledger, Webhooks webhooks, Routes routes, MailIntake intake)
      throws IOException, InterruptedException {
    String host = settings.text("host");
    int port = (int) settings.number("port");
    int smtpPort = (int) settings.number("smtp-port");
    HttpFrontDoor http;
    try {
      http = HttpFrontDoor.open(host, port, (int) settings.number("threads"), routes);
    } catch (Exception unavailable) {
      ledger.close();
      throw new IOException("cannot listen on " + host + ":" + port + ": " + unavailable);
    }
    try {
      SmtpServer smtp = SmtpServer.open(host, smtpPort, intake, settings.optional("smtp-password"));
      return new ProviderSandbox(ledger, webhooks, http, smtp);
    } catch (IOException unavailable) {
      http.close();
      ledger.close();
      throw new IOException("cannot listen on " + host + ":" + smtpPort + ": " + unavailable);
    }
  }

  private static ResendEvents.Settings resend(Settings settings, @Nullable Duration deliverAfter) {
    return new ResendEvents.Settings(
        settings.optional("resend-webhook-url"),
        new SvixSignature(settings.text("resend-webhook-secret")),
        deliverAfter,
        settings.seconds("resend-retry-seconds"));
  }

  private static TwilioEvents.Settings twilio(Settings settings, @Nullable Duration deliverAfter) {
    return new TwilioEvents.Settings(
        settings.optional("twilio-inbound-url"),
        settings.text("twilio-auth-token"),
        Objects.requireNonNullElse(settings.optional("twilio-account-sid"), NO_ACCOUNT),
        deliverAfter);
  }

  private static void clear(Ledger ledger) {
    try {
      ledger.clear();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public int httpPort() {
    return http.port();
  }

  public int smtpPort() {
    return smtp.port();
  }

  @Override
  public void close() {
    http.close();
    webhooks.close();
    try {
      smtp.close();
      ledger.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
