package dev.aftertouch.dispatch.suppressing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed hashes of addresses: a suppression is found by them and so outlives the erasure of the
 * address itself. The pepper must never change: with another one every suppression would be
 * forgotten.
 */
public final class AddressKeys {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHORTEST_PEPPER = 16;

  private final Mac keyed;

  AddressKeys(String pepper) {
    if (pepper.length() < SHORTEST_PEPPER) {
      throw new IllegalArgumentException(
          "aftertouch.suppressing.pepper must have at least " + SHORTEST_PEPPER + " characters");
    }
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(pepper.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** 32 bytes that only this business's address on this channel has. */
  public byte[] of(Address address) {
    String text = address.business() + "\n" + address.channel().code() + "\n" + address.value();
    try {
      // A clone of the keyed one saves hashing the pepper again.
      return ((Mac) keyed.clone()).doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
