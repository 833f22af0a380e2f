package dev.aftertouch.engine.consent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The chain of hashes of a business's consent ledger. An entry's hash is the SHA-256 of the hash
 * before it and of all its own fields, written so that no two different entries give the same text:
 * each field with its name and its length in bytes. So an entry that was changed, removed, moved or
 * put in breaks the chain at its number, and the head tells when the last ones are missing. Who can
 * rewrite the whole ledger and its head can only be found out by a head that was kept elsewhere:
 * export it.
 */
public final class ConsentChain {
  /** What the first entry names as the hash before it. */
  public static final String START = "0".repeat(64);

  private static final String FORM = "aftertouch consent 1";

  /** Number and hash of the last entry. */
  public record Head(long number, String hash) {
    /** Of an empty ledger. */
    public static final Head EMPTY = new Head(0, START);
  }

  /** What came of verifying. */
  public sealed interface Verdict {
    /** Every entry is as it was written. */
    record Intact(long entries) implements Verdict {}

    /** The first entry that is not as it was written, or is missing. */
    record Broken(long number, String why) implements Verdict {}
  }

  private ConsentChain() {}

  /** The entries that follow the head, in the order of the facts. */
  public static List<ConsentEntry> extend(UUID business, Head head, List<ConsentFact> facts) {
    List<ConsentEntry> entries = new ArrayList<>(facts.size());
    long number = head.number();
    String previous = head.hash();
    for (ConsentFact fact : facts) {
      number++;
      String hash = hash(business, number, previous, fact);
      entries.add(new ConsentEntry(business, number, fact, previous, hash));
      previous = hash;
    }
    return entries;
  }

  static String hash(UUID business, long number, String previous, ConsentFact fact) {
    StringBuilder text = new StringBuilder(512).append(FORM).append('\n');
    field(text, "previous", previous);
    field(text, "business", business.toString());
    field(text, "number", Long.toString(number));
    field(text, "at", fact.at().toString());
    field(text, "address", fact.addressKey());
    field(text, "channel", fact.channel().code());
    field(text, "purpose", fact.scope());
    field(text, "kind", fact.kind().code());
    field(text, "basis", fact.basis());
    field(text, "source", fact.source());
    Instant expires = fact.expiresAt();
    field(text, "expires", expires == null ? "" : expires.toString());
    for (Map.Entry<String, String> evidence : fact.evidence().entrySet()) {
      field(text, "evidence", evidence.getKey());
      field(text, "is", evidence.getValue());
    }
    return HexFormat.of().formatHex(sha256(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static void field(StringBuilder text, String name, String value) {
    text.append(name)
        .append(' ')
        .append(value.getBytes(StandardCharsets.UTF_8).length)
        .append(' ')
        .append(value)
        .append('\n');
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Reads a ledger from its first entry on and remembers the first fault. Not thread-safe. */
  public static final class Verification {
    private final UUID business;
    private Head last = Head.EMPTY;
    private Verdict.@Nullable Broken broken;

    /** Of that business's ledger. */
    public Verification(UUID business) {
      this.business = business;
    }

    /** Takes the entry with the next higher number that there is. */
    public void read(ConsentEntry entry) {
      if (broken != null) {
        return;
      }
      long expected = last.number() + 1;
      if (entry.number() != expected) {
        broken = new Verdict.Broken(expected, "The entry is missing.");
      } else if (!entry.previousHash().equals(last.hash())) {
        broken = new Verdict.Broken(expected, "The entry does not follow the one before it.");
      } else if (!entry.hash().equals(hash(business, expected, last.hash(), entry.fact()))) {
        broken = new Verdict.Broken(expected, "The entry is not what was hashed.");
      } else {
        last = new Head(expected, entry.hash());
      }
    }

    /** The verdict, after the last entry. */
    public Verdict end(Head head) {
      if (broken != null) {
        return broken;
      }
      if (last.number() < head.number()) {
        return new Verdict.Broken(last.number() + 1, "The entry is missing.");
      }
      if (last.number() > head.number()) {
        return new Verdict.Broken(head.number() + 1, "The entry is beyond the ledger's end.");
      }
      return last.hash().equals(head.hash())
          ? new Verdict.Intact(last.number())
          : new Verdict.Broken(
              last.number(), "The entry is not the one that the ledger ends with.");
    }
  }
}
