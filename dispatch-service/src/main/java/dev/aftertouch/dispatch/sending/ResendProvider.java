package dev.aftertouch.dispatch.sending;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Resend's {@code POST /emails}, and {@code POST /emails/batch} for a parcel of several: the same
 * key with the same bytes within 24 hours is the same e-mail, or the same ones
 * (https://resend.com/docs/dashboard/emails/idempotency-keys). A batch is accepted whole or not at
 * all (https://resend.com/changelog/batch-validation-modes, strict, the default), and an account
 * may make few calls a second, so that many e-mails leave in time in batches only.
 */
final class ResendProvider implements Provider {
  private static final int MOST_TOGETHER = 100;
  private static final int CONFLICT = 409;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ProvidersProperties.@Nullable Resend account;
  private final HttpCalls http;
  private final @Nullable URI emails;
  private final @Nullable URI batches;
  private final String authorization;

  ResendProvider(ProvidersProperties.@Nullable Resend account, HttpCalls http) {
    this.account = account;
    this.http = http;
    this.emails = account == null ? null : URI.create(account.baseUrl() + "/emails");
    this.batches = account == null ? null : URI.create(account.baseUrl() + "/emails/batch");
    this.authorization = account == null ? "" : "Bearer " + account.apiKey();
  }

  @Override
  public ProviderName name() {
    return ProviderName.RESEND;
  }

  @Override
  public boolean isConfigured() {
    return account != null && !account.apiKey().isBlank();
  }

  @Override
  public byte[] freeze(Message message) {
    if (!(message instanceof Message.Email email)) {
      throw new IllegalArgumentException("Resend takes e-mails only");
    }
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream(email.html().length() + email.text().length() + 1024);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringProperty("from", Headers.mailbox(email.fromName(), email.from()));
      json.writeArrayPropertyStart("to");
      json.writeString(Headers.clean(email.to()));
      json.writeEndArray();
      if (email.replyTo() != null) {
        json.writeStringProperty("reply_to", Headers.clean(email.replyTo()));
      }
      json.writeStringProperty("subject", Headers.clean(email.subject()));
      json.writeStringProperty("html", email.html());
      json.writeStringProperty("text", email.text());
      json.writeObjectPropertyStart("headers");
      json.writeStringProperty("List-Unsubscribe", "<" + email.unsubscribeUrl() + ">");
      json.writeStringProperty("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
      json.writeEndObject();
      json.writeArrayPropertyStart("tags");
      tags(email.ids()).forEach((name, value) -> writeTag(json, name, value));
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void writeTag(JsonGenerator json, String name, Object value) {
    json.writeStartObject();
    json.writeStringProperty("name", name);
    json.writeStringProperty("value", value.toString());
    json.writeEndObject();
  }

  private static Map<String, Object> tags(Message.Ids ids) {
    Map<String, Object> tags = new LinkedHashMap<>();
    tags.put("business_id", ids.business());
    tags.put("touch_id", ids.touch());
    tags.put("round", ids.round());
    tags.put("attempt_id", ids.attempt());
    return tags;
  }

  @Override
  public byte[] freezeAgain(
      byte[] frozen, Message.Ids earlier, Message.Ids ids, int validitySeconds) {
    ObjectNode email = (ObjectNode) JSON.readTree(frozen);
    ArrayNode tags = email.putArray("tags");
    tags(ids)
        .forEach(
            (name, value) -> tags.addObject().put("name", name).put("value", value.toString()));
    return JSON.writeValueAsBytes(email);
  }

  @Override
  public int mostTogether() {
    return MOST_TOGETHER;
  }

  @Override
  public void handOver(Parcel parcel, Duration timeout, Consumer<ProviderAnswer> done) {
    if (emails == null || batches == null) {
      done.accept(new ProviderAnswer.NotHandedOver("not_configured"));
      return;
    }
    http.post(
        parcel.isOne() ? emails : batches,
        Map.of("Authorization", authorization, "Idempotency-Key", parcel.key().toString()),
        "application/json",
        parcel.isOne() ? parcel.message().body() : array(parcel.messages()),
        timeout,
        result -> done.accept(read(result, parcel)));
  }

  /** A JSON array of the frozen objects, byte for byte. */
  private static byte[] array(List<Handover> messages) {
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream(messages.stream().mapToInt(m -> m.body().length + 1).sum() + 1);
    char before = '[';
    for (Handover message : messages) {
      bytes.write(before);
      bytes.writeBytes(message.body());
      before = ',';
    }
    bytes.write(']');
    return bytes.toByteArray();
  }

  private static ProviderAnswer read(HttpCalls.Result result, Parcel parcel) {
    return switch (result) {
      case HttpCalls.Result.NotWritten(var reason) -> new ProviderAnswer.NotHandedOver(reason);
      case HttpCalls.Result.Lost(var reason) -> new ProviderAnswer.Unknown(reason);
      case HttpCalls.Result.Answer answer -> read(answer, parcel);
    };
  }

  private static ProviderAnswer read(HttpCalls.Result.Answer answer, Parcel parcel) {
    int status = answer.status();
    if (status >= 200 && status < 300) {
      return accepted(answer, parcel);
    }
    if (status == 429) {
      return new ProviderAnswer.Throttled(answer.retryAfter());
    }
    String code = AnswerFields.text(answer.body(), "name");
    if (status == 401 || status == 403) {
      return new ProviderAnswer.Unauthorized(code == null ? "http_" + status : code);
    }
    // A key that was used for other bytes says that something was accepted: not of a batch, then,
    // that nothing was.
    boolean doubtful =
        "concurrent_idempotent_requests".equals(code) || (status == CONFLICT && !parcel.isOne());
    if (status == 408 || status >= 500 || doubtful) {
      return new ProviderAnswer.Unknown(code == null ? "http_" + status : code);
    }
    return new ProviderAnswer.Rejected(code == null ? "http_" + status : code);
  }

  private static ProviderAnswer accepted(HttpCalls.Result.Answer answer, Parcel parcel) {
    if (parcel.isOne()) {
      return ProviderAnswer.Accepted.of(AnswerFields.text(answer.body(), "id"));
    }
    List<String> ids = AnswerFields.texts(answer.body(), "data", "id");
    return new ProviderAnswer.Accepted(ids.size() == parcel.messages().size() ? ids : List.of());
  }
}
