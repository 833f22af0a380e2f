package dev.aftertouch.dispatch.sending;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where the account's messages are, and how it identifies itself. */
final class TwilioAccount {
  private TwilioAccount() {}

  static URI messages(ProvidersProperties.Twilio account) {
    return URI.create(
        account.baseUrl() + "/2010-04-01/Accounts/" + account.accountSid() + "/Messages.json");
  }

  static String authorization(ProvidersProperties.Twilio account) {
    byte[] pair =
        (account.accountSid() + ":" + account.authToken()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
