package dev.aftertouch.sandbox.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Svix's (and Standard Webhooks') symmetric signature: HMAC-SHA256 over {@code id.timestamp.body}
 * with the base64 part of a {@code whsec_} secret.
 *
 * @see <a href="https://docs.svix.com/receiving/verifying-payloads/how-manual">Svix: verifying</a>
 */
public final class SvixSignature {
  private static final String PREFIX = "whsec_";
  private final SecretKeySpec key;

  /** Fails where the secret is not {@code whsec_} and base64. */
  public SvixSignature(String secret) {
    if (!secret.startsWith(PREFIX)) {
      throw new IllegalArgumentException("a Svix secret begins with " + PREFIX);
    }
    byte[] bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    this.key = new SecretKeySpec(bytes, "HmacSHA256");
  }

  /**
   * The value of {@code svix-signature}.
   *
   * @param timestamp epoch seconds
   */
  public String sign(String id, long timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }
}
