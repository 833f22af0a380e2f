package dev.aftertouch.sandbox.smtp;

import dev.aftertouch.sandbox.clock.SharedClock;
import dev.aftertouch.sandbox.faults.Fault;
import dev.aftertouch.sandbox.faults.Faults;
import dev.aftertouch.sandbox.ledger.Ledger;
import dev.aftertouch.sandbox.ledger.LedgerEntry;
import dev.aftertouch.sandbox.ledger.Outcome;
import dev.aftertouch.sandbox.messages.Addresses;
import dev.aftertouch.sandbox.messages.Digests;
import dev.aftertouch.sandbox.messages.Message;
import dev.aftertouch.sandbox.messages.Messages;
import dev.aftertouch.sandbox.messages.Provider;
import dev.aftertouch.sandbox.resend.IdempotencyKeys;
import dev.aftertouch.sandbox.resend.IdempotencyKeys.Claim;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes in one mail. The header {@code Resend-Idempotency-Key} works as it does over Resend's SMTP;
 * without it the same mail twice is two mails, as with any relay.
 */
public final class MailIntake {
  private static final String BUSY = "451 4.3.0 Try again later";

  private final Faults faults;
  private final Ledger ledger;
  private final Messages messages;
  private final IdempotencyKeys keys;
  private final SharedClock clock;

  public MailIntake(
      Faults faults, Ledger ledger, Messages messages, IdempotencyKeys keys, SharedClock clock) {
    this.faults = faults;
    this.ledger = ledger;
    this.messages = messages;
    this.keys = keys;
    this.clock = clock;
  }

  /** One mail after its DATA. */
  private record Mail(
      String from, List<String> to, byte[] raw, Headers headers, Map<String, String> tags) {
    String recipients() {
      return Addresses.bare(to);
    }
  }

  /**
   * Answers with the reply line once the ledger has it; null where the connection is to be cut.
   * Waits, so it runs on the connection's own virtual thread.
   */
  @Nullable String take(String from, List<String> to, byte[] raw) {
    Headers headers = Headers.of(raw);
    Mail mail = new Mail(from, to, raw, headers, headers.tags());
    Fault fault = faults.draw(Provider.SMTP, mail.recipients());
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Fault.afterDelay(fault, () -> decide(mail, fault, answer::complete));
    return answer.join().line();
  }

  private record Answer(@Nullable String line) {}

  private void decide(Mail mail, @Nullable Fault fault, Consumer<Answer> done) {
    if (fault == null) {
      accept(mail, null, null, done);
      return;
    }
    String name = fault.kind().label();
    switch (fault.kind()) {
      case DELAY -> accept(mail, name, null, done);
      case SERVER_ERROR_AFTER_ACCEPT -> accept(mail, name, new Answer(BUSY), done);
      case ACCEPT_THEN_CUT -> accept(mail, name, new Answer(null), done);
      case CUT_BEFORE -> close(mail, Outcome.CUT, name, new Answer(null), done);
      case TOO_MANY_REQUESTS ->
          close(mail, Outcome.REJECTED, name, new Answer("451 4.7.1 Rate limit exceeded"), done);
      case SERVER_ERROR -> close(mail, Outcome.REJECTED, name, new Answer(BUSY), done);
      case UNAUTHORIZED ->
          close(
              mail, Outcome.REJECTED, name, new Answer("530 5.7.0 Authentication required"), done);
    }
  }

  private void close(
      Mail mail, Outcome outcome, String reason, Answer answer, Consumer<Answer> done) {
    ledger.append(entry(mail, "", outcome, reason), () -> done.accept(answer));
  }

  private void accept(
      Mail mail, @Nullable String reason, @Nullable Answer instead, Consumer<Answer> done) {
    String key = mail.headers().get("resend-idempotency-key");
    Claim claim =
        key == null
            ? new Claim.Fresh()
            : keys.claim(key, Digests.sha256(mail.raw()), clock.millis());
    switch (claim) {
      case Claim.Fresh fresh -> create(mail, key, reason, instead, done);
      case Claim.Repeated repeated ->
          ledger.append(
              entry(mail, repeated.id().toString(), Outcome.REPEATED, reason),
              () -> done.accept(instead != null ? instead : queued(repeated.id())));
      case Claim.OtherPayload other ->
          close(
              mail,
              Outcome.REJECTED,
              "invalid_idempotent_request",
              new Answer("554 5.6.0 Same idempotency key used with a different payload"),
              done);
      case Claim.InProgress inProgress ->
          close(mail, Outcome.REJECTED, "concurrent_idempotent_requests", new Answer(BUSY), done);
    }
  }

  private void create(
      Mail mail,
      @Nullable String key,
      @Nullable String reason,
      @Nullable Answer instead,
      Consumer<Answer> done) {
    UUID id = UUID.randomUUID();
    Message message =
        new Message(
            new Message.Header(
                Provider.SMTP,
                id.toString(),
                "",
                mail.headers().get("from", mail.from()),
                mail.from(),
                mail.to(),
                mail.headers().get("subject", ""),
                mail.tags(),
                clock.millis(),
                null,
                false),
            mail.raw());
    messages.add(message);
    ledger.append(
        entry(mail, id.toString(), Outcome.ACCEPTED, reason),
        () -> {
          if (key != null) {
            keys.used(key, Digests.sha256(mail.raw()), id, clock.millis());
          }
          done.accept(instead != null ? instead : queued(id));
        });
  }

  private static Answer queued(UUID id) {
    return new Answer("250 2.0.0 Ok: queued as " + id);
  }

  private static LedgerEntry entry(Mail mail, String id, Outcome outcome, @Nullable String reason) {
    return new LedgerEntry(
        Provider.SMTP,
        id,
        mail.headers().get("resend-idempotency-key"),
        Digests.sha256(mail.raw()),
        mail.recipients(),
        mail.from(),
        mail.tags(),
        outcome,
        reason);
  }
}
