package dev.aftertouch.dispatch.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's signature: HMAC-SHA1 with the auth token over the full public URL and the sorted form
 * parameters (https://www.twilio.com/docs/usage/webhooks/webhooks-security). It has no timestamp,
 * so repeats are recognised by what they say.
 */
final class TwilioSignature {
  private static final String ALGORITHM = "HmacSHA1";

  private TwilioSignature() {}

  static boolean isValid(
      @Nullable String authToken,
      @Nullable String signature,
      String url,
      Map<String, List<String>> parameters) {
    if (authToken == null || authToken.isBlank() || signature == null) {
      return false;
    }
    StringBuilder signed = new StringBuilder(url);
    new TreeMap<>(parameters)
        .forEach(
            (name, values) ->
                values.stream().sorted().distinct().forEach(v -> signed.append(name).append(v)));
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      byte[] expected =
          Base64.getEncoder()
              .encode(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
      return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
