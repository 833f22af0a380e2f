package dev.aftertouch.dispatch.sending;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The platform's accounts. A provider without credentials is not configured.
 *
 * @param timeout for one call, from its first byte to the end of the answer; real time
 * @param inFlight most calls at once, by provider
 * @param inFlightPerBusiness most calls at once of one business in one batch, so that a flood
 *     leaves room for others
 */
@ConfigurationProperties("aftertouch.providers")
public record ProvidersProperties(
    @Nullable Resend resend,
    @Nullable Twilio twilio,
    @Nullable Smtp smtp,
    @DefaultValue("10s") Duration timeout,
    @DefaultValue("128") int inFlight,
    @DefaultValue("32") int inFlightPerBusiness) {

  /**
   * Resend's API.
   *
   * @param webhookSecret of the webhook endpoint {@code platform}, {@code whsec_…}; without one its
   *     webhooks are refused
   */
  public record Resend(
      @DefaultValue("https://api.resend.com") URI baseUrl,
      String apiKey,
      @Nullable String webhookSecret) {}

  /**
   * Twilio's Programmable Messaging API.
   *
   * @param authToken also the key of the webhooks' signature
   * @param endpoint token of the webhook endpoint that status callbacks go to
   */
  public record Twilio(
      @DefaultValue("https://api.twilio.com") URI baseUrl,
      String accountSid,
      String authToken,
      @DefaultValue("platform") String endpoint) {}

  /** A mail server that takes submissions. */
  public record Smtp(
      String host,
      @DefaultValue("587") int port,
      @Nullable String user,
      @Nullable String password,
      @DefaultValue("true") boolean startTls,
      @DefaultValue("8") int connections) {}
}
