package dev.aftertouch.engine.consent;

import java.util.HexFormat;
import java.util.UUID;

/**
 * A fact with its place in a business's ledger.
 *
 * @param number from 1, without gaps
 * @param previousHash of the entry before; {@link ConsentChain#START} for the first
 * @param hash of this entry and the previous hash, lower-case hexadecimal
 */
public record ConsentEntry(
    UUID business, long number, ConsentFact fact, String previousHash, String hash) {
  /** Keys and hashes as they are written here. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
