package dev.aftertouch.engine.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.consent.ConsentChain.Head;
import dev.aftertouch.engine.consent.ConsentChain.Verdict;
import dev.aftertouch.engine.consent.ConsentChain.Verification;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.definition.Purpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsentChainTest {
  private static final UUID BUSINESS = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final Instant NOON = Instant.parse("2026-06-09T18:00:00.123456Z");
  private static final ConsentFact FACT =
      new ConsentFact(
          NOON,
          "ab".repeat(32),
          Channel.SMS,
          null,
          ConsentKind.WITHDRAWN,
          "opted_out",
          "twilio",
          Map.of("event", "SM1/received"),
          null);
  private static final List<ConsentEntry> LEDGER =
      ConsentChain.extend(BUSINESS, Head.EMPTY, Collections.nCopies(5, FACT));

  @Test
  void isIntactAsItWasWritten() {
    assertThat(verdict(LEDGER)).isEqualTo(new Verdict.Intact(5));
    assertThat(verdict(List.of(), Head.EMPTY)).isEqualTo(new Verdict.Intact(0));
  }

  @Test
  void goesOnWhereItEnded() {
    List<ConsentEntry> longer = new ArrayList<>(LEDGER);
    longer.addAll(ConsentChain.extend(BUSINESS, head(LEDGER), List.of(FACT)));

    assertThat(verdict(longer)).isEqualTo(new Verdict.Intact(6));
  }

  @Test
  void findsAChangeOfAnyField() {
    List<UnaryOperator<ConsentFact>> changes =
        List.of(
            f -> with(f, NOON.plusNanos(1_000), f.addressKey(), f.evidence(), null),
            f -> with(f, NOON, "cd".repeat(32), f.evidence(), null),
            f -> with(f, NOON, f.addressKey(), Map.of("event", "SM2/received"), null),
            f -> with(f, NOON, f.addressKey(), Map.of("event", "SM1/received", "by", "x"), null),
            f -> with(f, NOON, f.addressKey(), f.evidence(), NOON.plusSeconds(1)),
            f -> coded(f, Channel.EMAIL, f.purpose(), f.kind(), f.basis(), f.source()),
            f -> coded(f, f.channel(), Purpose.FUNDRAISING, f.kind(), f.basis(), f.source()),
            f -> coded(f, f.channel(), f.purpose(), ConsentKind.HELD, f.basis(), f.source()),
            f -> coded(f, f.channel(), f.purpose(), f.kind(), "manual", f.source()),
            f -> coded(f, f.channel(), f.purpose(), f.kind(), f.basis(), "resend"));

    for (UnaryOperator<ConsentFact> change : changes) {
      List<ConsentEntry> changed = new ArrayList<>(LEDGER);
      changed.set(2, with(LEDGER.get(2), change.apply(FACT), LEDGER.get(2).hash()));

      assertThat(verdict(changed))
          .isEqualTo(new Verdict.Broken(3, "The entry is not what was hashed."));
    }
  }

  @Test
  void findsAChangeThatWasHashedAnew() {
    List<ConsentEntry> changed = new ArrayList<>(LEDGER);
    ConsentFact other = with(FACT, NOON.minusSeconds(1), FACT.addressKey(), FACT.evidence(), null);
    String hash = ConsentChain.hash(BUSINESS, 3, LEDGER.get(1).hash(), other);
    changed.set(2, with(LEDGER.get(2), other, hash));

    assertThat(verdict(changed))
        .isEqualTo(new Verdict.Broken(4, "The entry does not follow the one before it."));
  }

  @Test
  void findsARemovedEntryWhereverItWas() {
    for (int removed = 0; removed < 5; removed++) {
      List<ConsentEntry> rest = new ArrayList<>(LEDGER);
      rest.remove(removed);

      assertThat(verdict(rest)).isEqualTo(new Verdict.Broken(removed + 1, "The entry is missing."));
    }
  }

  @Test
  void findsTwoEntriesThatChangedPlaces() {
    List<ConsentEntry> swapped = new ArrayList<>(LEDGER);
    swapped.set(1, numbered(LEDGER.get(3), 2));
    swapped.set(3, numbered(LEDGER.get(1), 4));

    assertThat(verdict(swapped))
        .isEqualTo(new Verdict.Broken(2, "The entry does not follow the one before it."));
  }

  @Test
  void findsAnEntryThatWasPutIn() {
    List<ConsentEntry> longer = new ArrayList<>(LEDGER.subList(0, 2));
    longer.addAll(ConsentChain.extend(BUSINESS, head(longer), List.of(FACT)));
    LEDGER.subList(2, 5).forEach(entry -> longer.add(numbered(entry, entry.number() + 1)));
    List<ConsentEntry> atTheEnd = new ArrayList<>(LEDGER);
    atTheEnd.addAll(ConsentChain.extend(BUSINESS, head(LEDGER), List.of(FACT)));

    assertThat(verdict(longer, new Head(6, LEDGER.getLast().hash())))
        .isEqualTo(new Verdict.Broken(4, "The entry does not follow the one before it."));
    assertThat(verdict(atTheEnd, head(LEDGER)))
        .isEqualTo(new Verdict.Broken(6, "The entry is beyond the ledger's end."));
  }

  @Test
  void findsAnotherBusinesssLedgerInItsPlace() {
    List<ConsentEntry> foreign =
        ConsentChain.extend(UUID.randomUUID(), Head.EMPTY, List.of(FACT, FACT));

    assertThat(verdict(foreign))
        .isEqualTo(new Verdict.Broken(1, "The entry is not what was hashed."));
  }

  @Test
  void writesNoTwoDifferentEvidencesAlike() {
    ConsentFact one = with(FACT, NOON, FACT.addressKey(), Map.of("a", "b\nevidence c\nis d"), null);
    ConsentFact other = with(FACT, NOON, FACT.addressKey(), Map.of("a", "b", "c", "d"), null);

    assertThat(ConsentChain.hash(BUSINESS, 1, ConsentChain.START, one))
        .isNotEqualTo(ConsentChain.hash(BUSINESS, 1, ConsentChain.START, other));
  }

  /** By sha256sum over the text that docs/decisions/0017 describes. */
  @Test
  void hashesTheTextThatIsDocumented() {
    assertThat(LEDGER.getFirst().hash())
        .isEqualTo("af4c4686ac8781f4d0104e598a25b62a4f92ff5434d95f6ef3617af08651c4b5");
  }

  private static Verdict verdict(List<ConsentEntry> ledger) {
    return verdict(ledger, ledger.size() < LEDGER.size() ? head(LEDGER) : head(ledger));
  }

  private static Verdict verdict(List<ConsentEntry> ledger, Head head) {
    Verification verification = new Verification(BUSINESS);
    ledger.forEach(verification::read);
    return verification.end(head);
  }

  private static Head head(List<ConsentEntry> ledger) {
    return new Head(ledger.getLast().number(), ledger.getLast().hash());
  }

  private static ConsentEntry with(ConsentEntry entry, ConsentFact fact, String hash) {
    return new ConsentEntry(BUSINESS, entry.number(), fact, entry.previousHash(), hash);
  }

  private static ConsentEntry numbered(ConsentEntry entry, long number) {
    return new ConsentEntry(BUSINESS, number, entry.fact(), entry.previousHash(), entry.hash());
  }

  private static ConsentFact with(
      ConsentFact fact,
      Instant at,
      String key,
      Map<String, String> evidence,
      @Nullable Instant expires) {
    return new ConsentFact(
        at,
        key,
        fact.channel(),
        fact.purpose(),
        fact.kind(),
        fact.basis(),
        fact.source(),
        evidence,
        expires);
  }

  private static ConsentFact coded(
      ConsentFact fact,
      Channel channel,
      @Nullable Purpose purpose,
      ConsentKind kind,
      String basis,
      String source) {
    return new ConsentFact(
        fact.at(),
        fact.addressKey(),
        channel,
        purpose,
        kind,
        basis,
        source,
        fact.evidence(),
        fact.expiresAt());
  }
}
