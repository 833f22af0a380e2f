package dev.aftertouch.dispatch.webhooks;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Webhook endpoints beside {@code platform}, whose secrets are the providers' own.
 *
 * @param tolerance how old a signed timestamp may be, by the business clock
 * @param endpoints by path token: businesses with provider accounts of their own
 */
@ConfigurationProperties("aftertouch.webhooks")
record WebhooksProperties(
    @DefaultValue("5m") Duration tolerance, @DefaultValue Map<String, Endpoint> endpoints) {

  /** An endpoint's secrets; without one its webhooks are refused. */
  record Endpoint(
      @Nullable UUID business, @Nullable String resendSecret, @Nullable String twilioAuthToken) {}
}
