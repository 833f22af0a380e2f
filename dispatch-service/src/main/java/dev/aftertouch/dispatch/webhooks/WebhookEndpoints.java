package dev.aftertouch.dispatch.webhooks;

import dev.aftertouch.dispatch.sending.ProvidersProperties;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which secrets belong to a path token. */
@Component
final class WebhookEndpoints {
  /** The endpoint of the platform's own accounts. */
  static final String PLATFORM = "platform";

  /**
   * An endpoint.
   *
   * @param business whose account it is; null for the platform's, where the message tells
   */
  record Endpoint(
      String token,
      @Nullable UUID business,
      @Nullable String resendSecret,
      @Nullable String twilioAuthToken) {}

  private final Map<String, Endpoint> endpoints = new HashMap<>();

  WebhookEndpoints(WebhooksProperties webhooks, ProvidersProperties providers) {
    endpoints.put(
        PLATFORM,
        new Endpoint(
            PLATFORM,
            null,
            providers.resend() == null ? null : providers.resend().webhookSecret(),
            providers.twilio() == null ? null : providers.twilio().authToken()));
    webhooks
        .endpoints()
        .forEach(
            (token, endpoint) ->
                endpoints.put(
                    token,
                    new Endpoint(
                        token,
                        endpoint.business(),
                        endpoint.resendSecret(),
                        endpoint.twilioAuthToken())));
  }

  Optional<Endpoint> find(String token) {
    return Optional.ofNullable(endpoints.get(token));
  }
}
