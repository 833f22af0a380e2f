package dev.aftertouch.sandbox.resend;

import dev.aftertouch.sandbox.clock.SharedClock;
import dev.aftertouch.sandbox.faults.Fault;
import dev.aftertouch.sandbox.faults.Faults;
import dev.aftertouch.sandbox.http.Json;
import dev.aftertouch.sandbox.http.Reply;
import dev.aftertouch.sandbox.http.Request;
import dev.aftertouch.sandbox.ledger.Ledger;
import dev.aftertouch.sandbox.ledger.LedgerEntry;
import dev.aftertouch.sandbox.ledger.Outcome;
import dev.aftertouch.sandbox.messages.Content;
import dev.aftertouch.sandbox.messages.Digests;
import dev.aftertouch.sandbox.messages.Message;
import dev.aftertouch.sandbox.messages.Messages;
import dev.aftertouch.sandbox.messages.Provider;
import dev.aftertouch.sandbox.resend.IdempotencyKeys.Claim;
import dev.aftertouch.sandbox.resend.Reading.Email;
import dev.aftertouch.sandbox.resend.Reading.Emails;
import dev.aftertouch.sandbox.resend.Reading.Problem;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /emails}, {@code POST /emails/batch}, {@code GET /emails/{id}}.
 *
 * @see <a href="https://resend.com/docs/api-reference/emails/send-email">Resend: send e-mail</a>
 * @see <a href="https://resend.com/docs/dashboard/emails/idempotency-keys">Resend: keys</a>
 */
public final class ResendApi {
  private static final int MAX_KEY_LENGTH = 256;
  private static final Problem NOT_FOUND =
      new Problem(404, "not_found", "The requested endpoint does not exist.");

  private final Set<String> apiKeys;
  private final Faults faults;
  private final Ledger ledger;
  private final Messages messages;
  private final IdempotencyKeys keys;
  private final ResendEvents events;
  private final SharedClock clock;

  /**
   * @param apiKeys the keys that are known; empty where any key is
   */
  public ResendApi(
      Set<String> apiKeys,
      Faults faults,
      Ledger ledger,
      Messages messages,
      IdempotencyKeys keys,
      ResendEvents events,
      SharedClock clock) {
    this.apiKeys = Set.copyOf(apiKeys);
    this.faults = faults;
    this.ledger = ledger;
    this.messages = messages;
    this.keys = keys;
    this.events = events;
    this.clock = clock;
  }

  public void handle(Request request, Consumer<Reply> done) {
    boolean batch = request.path().equals("/emails/batch");
    if (request.method().equals("POST") && (batch || request.path().equals("/emails"))) {
      send(request, batch, done);
    } else if (request.method().equals("GET") && request.path().startsWith("/emails/")) {
      Problem refusal = refusedCredentials(request);
      done.accept(refusal != null ? refusal.reply() : find(request));
    } else {
      done.accept(NOT_FOUND.reply());
    }
  }

  private void send(Request request, boolean batch, Consumer<Reply> done) {
    String key = request.header("idempotency-key");
    String sha256 = Digests.sha256(request.body());
    Problem refusal = refusedCredentials(request);
    if (refusal == null && key != null && (key.isEmpty() || key.length() > MAX_KEY_LENGTH)) {
      refusal = new Problem(400, "invalid_idempotency_key", "The key must be between 1-256 chars.");
    }
    if (refusal != null) {
      reject(refusal, "", Map.of(), key, sha256, done);
      return;
    }
    switch (batch ? EmailReader.batch(request.body()) : EmailReader.one(request.body())) {
      case Problem problem -> reject(problem, "", Map.of(), key, sha256, done);
      case Emails emails -> {
        Fault fault = faults.draw(Provider.RESEND, emails.recipients());
        decide(new Sending(emails, batch, key, sha256, fault), done);
      }
    }
  }

  private void decide(Sending sending, Consumer<Reply> done) {
    Fault fault = sending.fault();
    if (fault != null && strikesFirst(sending, fault, done)) {
      return;
    }
    String key = sending.key();
    Claim claim =
        key == null ? new Claim.Fresh() : keys.claim(key, sending.sha256(), clock.millis());
    Fault.afterDelay(
        fault,
        () -> {
          switch (claim) {
            case Claim.Fresh fresh -> accept(sending, done);
            case Claim.Repeated repeated -> repeat(sending, repeated.id(), done);
            case Claim.OtherPayload other ->
                reject(
                    sending,
                    new Problem(
                        409,
                        "invalid_idempotent_request",
                        "Same idempotency key used with a different request payload."),
                    done);
            case Claim.InProgress inProgress ->
                reject(
                    sending,
                    new Problem(
                        409,
                        "concurrent_idempotent_requests",
                        "Same idempotency key used while original request is still in progress."),
                    done);
          }
        });
  }

  /** True where the fault ends the request before anything is accepted. */
  private boolean strikesFirst(Sending sending, Fault fault, Consumer<Reply> done) {
    Problem problem = Answers.refusal(fault.kind());
    if (fault.kind() == Fault.Kind.CUT_BEFORE) {
      LedgerEntry cut = entry(sending, 0, "", Outcome.CUT, fault.kind().label());
      Fault.afterDelay(fault, () -> ledger.append(cut, () -> done.accept(new Reply.Cut())));
      return true;
    }
    if (problem != null) {
      Fault.afterDelay(fault, () -> reject(sending, problem, done));
      return true;
    }
    return false;
  }

  private void accept(Sending sending, Consumer<Reply> done) {
    try {
      create(sending, done);
    } catch (UncheckedIOException ledgerBroken) {
      if (sending.key() != null) {
        keys.abandon(sending.key());
      }
      done.accept(new Problem(500, "application_error", "The ledger cannot be written.").reply());
    }
  }

  private void create(Sending sending, Consumer<Reply> done) {
    UUID first = BatchIds.first();
    long now = clock.millis();
    List<Email> emails = sending.emails().list();
    Runnable answer = () -> answer(sending, first, done);
    for (int i = 0; i < emails.size(); i++) {
      Email email = emails.get(i);
      String id = BatchIds.at(first, i).toString();
      Message message =
          new Message(
              new Message.Header(
                  Provider.RESEND,
                  id,
                  "",
                  email.from(),
                  email.from(),
                  email.to(),
                  email.subject(),
                  email.tags(),
                  now,
                  null,
                  false),
              email.raw());
      messages.add(message);
      boolean last = i == emails.size() - 1;
      ledger.append(
          entry(sending, i, id, Outcome.ACCEPTED, sending.played()), last ? answer : () -> {});
      events.accepted(message);
    }
  }

  /** The message is kept: only now may its key be answered from memory. */
  private void answer(Sending sending, UUID first, Consumer<Reply> done) {
    if (sending.key() != null) {
      keys.used(sending.key(), sending.sha256(), first, clock.millis());
    }
    done.accept(Answers.afterAcceptance(sending, first));
  }

  private void repeat(Sending sending, UUID first, Consumer<Reply> done) {
    ledger.append(
        entry(sending, 0, first.toString(), Outcome.REPEATED, sending.played()),
        () -> done.accept(Answers.afterAcceptance(sending, first)));
  }

  private void reject(Sending sending, Problem problem, Consumer<Reply> done) {
    ledger.append(
        entry(sending, 0, "", Outcome.REJECTED, problem.name()),
        () -> done.accept(problem.reply()));
  }

  private void reject(
      Problem problem,
      String to,
      Map<String, String> tags,
      @Nullable String key,
      String sha256,
      Consumer<Reply> done) {
    ledger.append(
        new LedgerEntry(
            Provider.RESEND, "", key, sha256, to, null, tags, Outcome.REJECTED, problem.name()),
        () -> done.accept(problem.reply()));
  }

  private static LedgerEntry entry(
      Sending sending, int place, String id, Outcome outcome, @Nullable String reason) {
    Email email = sending.emails().list().get(place);
    String key = sending.key();
    return new LedgerEntry(
        Provider.RESEND,
        id,
        key == null || !sending.batch() ? key : key + BatchIds.PLACE + place,
        sending.sha256(),
        email.bareTo(),
        email.from(),
        email.tags(),
        outcome,
        reason);
  }

  private @Nullable Problem refusedCredentials(Request request) {
    String given = request.header("authorization");
    if (given == null || !given.startsWith("Bearer ") || given.length() == 7) {
      return new Problem(401, "missing_api_key", "Missing API key in the authorization header.");
    }
    return apiKeys.isEmpty() || apiKeys.contains(given.substring(7))
        ? null
        : new Problem(403, "invalid_api_key", "API key is invalid.");
  }

  private Reply find(Request request) {
    Message message = messages.find(request.path().substring("/emails/".length()));
    if (message == null || message.provider() != Provider.RESEND) {
      return new Problem(404, "not_found", "Email not found").reply();
    }
    Content content = Content.of(message);
    Message.Header header = message.header();
    return Reply.json(
        200,
        Json.object(
            json -> {
              json.writeStringProperty("object", "email");
              json.writeStringProperty("id", message.id());
              Json.writeStrings(json, "to", header.to());
              json.writeStringProperty("from", header.from());
              json.writeStringProperty("created_at", Instant.ofEpochMilli(header.at()).toString());
              json.writeStringProperty("subject", header.subject());
              json.writeStringProperty("html", content.html());
              json.writeStringProperty("text", content.text());
              json.writeArrayPropertyStart("tags");
              header
                  .tags()
                  .forEach(
                      (name, value) -> {
                        json.writeStartObject();
                        json.writeStringProperty("name", name);
                        json.writeStringProperty("value", value);
                        json.writeEndObject();
                      });
              json.writeEndArray();
              json.writeStringProperty("last_event", message.lastHappening("sent"));
            }));
  }
}
