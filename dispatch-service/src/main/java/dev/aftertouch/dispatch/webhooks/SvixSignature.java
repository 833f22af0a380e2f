package dev.aftertouch.dispatch.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Standard Webhooks' symmetric signature, as Svix and so Resend use it: HMAC-SHA256 over {@code
 * id.timestamp.body} (https://github.com/standard-webhooks/standard-webhooks, spec).
 */
final class SvixSignature {
  private static final String PREFIX = "whsec_";
  private static final String VERSION = "v1,";
  private static final String ALGORITHM = "HmacSHA256";

  private SvixSignature() {}

  /**
   * Whether one of the space-separated signatures is the secret's over exactly these bytes, and the
   * timestamp (epoch seconds) is no further from now than the tolerance.
   */
  static boolean isValid(
      @Nullable String secret,
      @Nullable String id,
      @Nullable String timestamp,
      @Nullable String signatures,
      byte[] body,
      Instant now,
      Duration tolerance) {
    if (secret == null
        || secret.isBlank()
        || id == null
        || timestamp == null
        || signatures == null
        || !timestamp.matches("\\d{1,12}")) {
      return false;
    }
    Instant signedAt = Instant.ofEpochSecond(Long.parseLong(timestamp));
    if (Duration.between(signedAt, now).abs().compareTo(tolerance) > 0) {
      return false;
    }
    byte[] expected = sign(secret, id, timestamp, body);
    boolean found = false;
    for (String signature : signatures.split(" ")) {
      if (signature.startsWith(VERSION)) {
        byte[] given = signature.substring(VERSION.length()).getBytes(StandardCharsets.US_ASCII);
        found |= MessageDigest.isEqual(expected, given);
      }
    }
    return found;
  }

  private static byte[] sign(String secret, String id, String timestamp, byte[] body) {
    String key = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), ALGORITHM));
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encode(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
