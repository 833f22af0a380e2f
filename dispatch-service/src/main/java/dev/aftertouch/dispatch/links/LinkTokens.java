package dev.aftertouch.dispatch.links;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The opaque part of public links: business, attempt and link number with a keyed check over them,
 * bound to one purpose. Nothing personal is in it and nothing can be guessed or carried over from
 * one purpose to another. It never expires, since an unsubscribe link must go on working.
 */
public final class LinkTokens {
  /** What a link is for. */
  public enum Purpose {
    CLICK,
    UNSUBSCRIBE,
    FEEDBACK
  }

  /** What a token says. */
  public record Link(UUID business, UUID attempt, int number) {}

  /** Number of the link that no person sees; the tracked ones are below it. */
  static final int HONEYPOT = 255;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int CONTENT = 33;
  private static final int CHECK = 12;
  private static final int SHORTEST_SECRET = 16;

  private final Mac keyed;

  LinkTokens(String secret) {
    if (secret.length() < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          "aftertouch.links.key must have at least " + SHORTEST_SECRET + " characters");
    }
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The token; the number is 0 to 255. */
  public String write(Purpose purpose, Link link) {
    byte[] content =
        ByteBuffer.allocate(CONTENT)
            .putLong(link.business().getMostSignificantBits())
            .putLong(link.business().getLeastSignificantBits())
            .putLong(link.attempt().getMostSignificantBits())
            .putLong(link.attempt().getLeastSignificantBits())
            .put((byte) link.number())
            .array();
    byte[] token = Arrays.copyOf(content, CONTENT + CHECK);
    System.arraycopy(check(purpose, content), 0, token, CONTENT, CHECK);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** What the token says; empty unless we wrote it for that purpose. */
  public Optional<Link> read(Purpose purpose, String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (bytes.length != CONTENT + CHECK) {
      return Optional.empty();
    }
    byte[] content = Arrays.copyOf(bytes, CONTENT);
    byte[] given = Arrays.copyOfRange(bytes, CONTENT, bytes.length);
    if (!MessageDigest.isEqual(given, Arrays.copyOf(check(purpose, content), CHECK))) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(content);
    return Optional.of(
        new Link(
            new UUID(buffer.getLong(), buffer.getLong()),
            new UUID(buffer.getLong(), buffer.getLong()),
            Byte.toUnsignedInt(buffer.get())));
  }

  /** Cloning a keyed one saves hashing the key again, which is half of the work. */
  private byte[] check(Purpose purpose, byte[] content) {
    try {
      Mac mac = (Mac) keyed.clone();
      mac.update((byte) purpose.ordinal());
      return mac.doFinal(content);
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
