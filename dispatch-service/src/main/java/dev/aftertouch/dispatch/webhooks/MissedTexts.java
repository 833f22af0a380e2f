package dev.aftertouch.dispatch.webhooks;

import dev.aftertouch.dispatch.sending.TwilioMessages;
import dev.aftertouch.dispatch.webhooks.WebhookInbox.Kind;
import dev.aftertouch.dispatch.webhooks.WebhookInbox.Received;
import dev.aftertouch.service.tenancy.Tenancy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes customers' texts that the provider has listed and its webhooks may have failed to bring.
 * One that came before, by either way, is known by its id and changes nothing.
 */
@Component
public final class MissedTexts {
  private final Tenancy tenancy;
  private final JdbcClient jdbc;
  private final ReceiveWebhook receive;

  MissedTexts(Tenancy tenancy, JdbcClient jdbc, ReceiveWebhook receive) {
    this.tenancy = tenancy;
    this.jdbc = jdbc;
    this.receive = receive;
  }

  /**
   * Works in those that are not known, as if their webhooks had come, in the order given.
   *
   * @param endpoint token of the endpoint that their webhooks go to
   * @return how many were missed
   */
  public int take(String endpoint, List<TwilioMessages.Received> texts) {
    if (texts.isEmpty()) {
      return 0;
    }
    Set<String> known = Set.copyOf(tenancy.asWorker(() -> known(endpoint, texts)));
    int missed = 0;
    for (TwilioMessages.Received text : texts) {
      if (!known.contains(event(text))) {
        receive.receive(
            new Received(Kind.TWILIO_INBOUND, endpoint, event(text), text.at(), "", form(text)));
        missed++;
      }
    }
    return missed;
  }

  private List<String> known(String endpoint, List<TwilioMessages.Received> texts) {
    return jdbc.sql(
            """
            SELECT event_id FROM webhook_inbox
            WHERE provider = 'twilio' AND endpoint = :endpoint AND event_id = ANY (:events::text[])
            """)
        .param("endpoint", endpoint)
        .param("events", texts.stream().map(MissedTexts::event).toArray(String[]::new))
        .query(String.class)
        .list();
  }

  /** As the webhook's own. */
  private static String event(TwilioMessages.Received text) {
    return text.sid() + "/received";
  }

  private static byte[] form(TwilioMessages.Received text) {
    String form =
        "MessageSid="
            + encode(text.sid())
            + "&From="
            + encode(text.from())
            + "&To="
            + encode(text.to())
            + "&Body="
            + encode(text.body());
    return form.getBytes(StandardCharsets.US_ASCII);
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
