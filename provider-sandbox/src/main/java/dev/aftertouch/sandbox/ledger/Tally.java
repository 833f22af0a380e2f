package dev.aftertouch.sandbox.ledger;

import dev.aftertouch.sandbox.http.Json;
import dev.aftertouch.sandbox.messages.Provider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * Counts by provider and outcome, and what was accepted twice. An accepted identity costs about 20
 * bytes: only 64 bits of its hash are kept, so among a million identities the chance that any two
 * are taken for one is 3 in 100 million. Not thread-safe; the ledger's lock guards it.
 */
final class Tally {
  private static final int DUPLICATES_NAMED = 100;

  private final long[][] counts = new long[Provider.values().length][Outcome.values().length];
  private final List<String> duplicated = new ArrayList<>();
  private HashSet64 accepted = new HashSet64();
  private long duplicates;
  private long firstReceivedAt;
  private long lastReceivedAt;

  void count(LedgerEntry.Kept kept) {
    LedgerEntry entry = kept.entry();
    counts[entry.provider().ordinal()][entry.outcome().ordinal()]++;
    firstReceivedAt = firstReceivedAt == 0 ? kept.receivedAt() : firstReceivedAt;
    lastReceivedAt = Math.max(lastReceivedAt, kept.receivedAt());
    String identity = entry.outcome() == Outcome.ACCEPTED ? entry.identity() : null;
    if (identity != null && !accepted.add(HashSet64.hash(identity))) {
      duplicates++;
      if (duplicated.size() < DUPLICATES_NAMED) {
        duplicated.add(identity);
      }
    }
  }

  private long count(Provider provider, Outcome outcome) {
    return counts[provider.ordinal()][outcome.ordinal()];
  }

  void clear() {
    for (long[] ofProvider : counts) {
      Arrays.fill(ofProvider, 0);
    }
    duplicated.clear();
    accepted = new HashSet64();
    duplicates = 0;
    firstReceivedAt = 0;
    lastReceivedAt = 0;
  }

  void write(JsonGenerator json, long lastSeq) {
    json.writeNumberProperty("last_seq", lastSeq);
    for (Outcome outcome : Outcome.values()) {
      long sum = 0;
      for (Provider provider : Provider.values()) {
        sum += count(provider, outcome);
      }
      json.writeNumberProperty(outcome.label(), sum);
    }
    json.writeNumberProperty("duplicates", duplicates);
    Json.writeStrings(json, "duplicated", duplicated);
    json.writeNumberProperty("first_received_at", firstReceivedAt);
    json.writeNumberProperty("last_received_at", lastReceivedAt);
    json.writeObjectPropertyStart("by_provider");
    for (Provider provider : Provider.values()) {
      json.writeObjectPropertyStart(provider.label());
      for (Outcome outcome : Outcome.values()) {
        json.writeNumberProperty(outcome.label(), count(provider, outcome));
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
