package dev.aftertouch.analytics.projecting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.analytics.Facts;
import dev.aftertouch.analytics.Lives;
import dev.aftertouch.analytics.RunningAnalytics;
import dev.aftertouch.facts.EngagementKind;
import dev.aftertouch.service.kafka.TryAgainException;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.TransientDataAccessException;

class FoldTest extends RunningAnalytics {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @Autowired private Fold fold;
  @Autowired private Tenancy tenancy;
  @Autowired private Consumed consumed;

  private final UUID business = UUID.randomUUID();
  private final UUID campaign = UUID.randomUUID();
  private final Facts life = new Facts(business, campaign, UUID.randomUUID(), NOON);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void countsEachFactOnceInWhateverOrderAndNumber(long seed) {
    List<UUID> businesses = List.of(new UUID(7, seed), new UUID(8, seed));
    List<Object> facts = Lives.of(seed, businesses, 60);
    folding().fold(facts);
    List<String> inOrder = PROJECTIONS.dump(businesses);
    PROJECTIONS.clear(businesses);

    Random random = new Random(seed);
    List<Object> shuffled = new ArrayList<>(facts);
    facts.stream().filter(fact -> random.nextInt(3) == 0).forEach(shuffled::add);
    Collections.shuffle(shuffled, random);
    Folding again = folding();
    again.fold(again.records(shuffled), 1 + random.nextInt(50));

    assertThat(PROJECTIONS.dump(businesses)).as("seed %d", seed).isEqualTo(inOrder);
    assertThat(inOrder).hasSizeGreaterThan(300);
  }

  @Test
  void worksARecordInOnceThoughItIsDeliveredAgain() {
    Folding folding = folding();
    List<ConsumerRecord<String, Object>> records =
        folding.records(Lives.of(11, List.of(business), 30));
    folding.fold(records, 10);
    List<String> once = PROJECTIONS.dump(List.of(business));

    folding.fold(records, 1_000);

    assertThat(PROJECTIONS.dump(List.of(business))).isEqualTo(once);
  }

  @Test
  void countsTheSameWhenTwoInstancesHoldOnePartition() {
    Folding folding = folding();
    List<ConsumerRecord<String, Object>> records =
        folding.records(Lives.of(12, List.of(business), 80));
    folding.fold(records, Integer.MAX_VALUE);
    List<String> alone = PROJECTIONS.dump(List.of(business));
    PROJECTIONS.clear(List.of(business));
    Folding raced = folding();
    List<ConsumerRecord<String, Object>> again = raced.records(Lives.of(12, List.of(business), 80));

    atOnce(() -> raced.fold(again, 20), () -> raced.fold(again, 20));

    assertThat(PROJECTIONS.dump(List.of(business))).isEqualTo(alone);
  }

  @Test
  void countsTheSameWhenCustomersOfOneBusinessLieInTwoPartitions() {
    List<Object> facts = Lives.of(13, List.of(business), 80);
    folding().fold(facts);
    List<String> alone = PROJECTIONS.dump(List.of(business));
    PROJECTIONS.clear(List.of(business));
    List<UUID> enrollments = enrollmentsOf(facts);
    Folding left = folding();
    Folding right = folding();

    atOnce(
        () -> left.fold(left.records(half(facts, enrollments, 0)), 15),
        () -> right.fold(right.records(half(facts, enrollments, 1)), 15));

    assertThat(PROJECTIONS.dump(List.of(business))).isEqualTo(alone);
  }

  /** As when the key of a customer's facts changes and the older ones are not worked in yet. */
  @Test
  void countsTheSameWhenFactsOfOneCustomerLieInTwoPartitions() {
    List<Object> facts = Lives.of(14, List.of(business), 80);
    folding().fold(facts);
    List<String> alone = PROJECTIONS.dump(List.of(business));
    PROJECTIONS.clear(List.of(business));
    Folding left = folding();
    Folding right = folding();

    atOnce(
        () -> foldUntilDone(left.records(everyOther(facts, 0))),
        () -> foldUntilDone(right.records(everyOther(facts, 1))));

    assertThat(PROJECTIONS.dump(List.of(business))).isEqualTo(alone);
  }

  private static void atOnce(Runnable one, Runnable other) {
    CompletableFuture.allOf(CompletableFuture.runAsync(one), CompletableFuture.runAsync(other))
        .join();
  }

  private static List<Object> everyOther(List<Object> facts, int first) {
    return IntStream.iterate(first, i -> i < facts.size(), i -> i + 2)
        .mapToObj(facts::get)
        .toList();
  }

  /** In small batches, each handed in again after a passing fault as the container does. */
  private void foldUntilDone(List<ConsumerRecord<String, Object>> records) {
    for (int from = 0; from < records.size(); ) {
      int to = Math.min(records.size(), from + 5);
      try {
        fold.fold(records.subList(from, to));
        from = to;
      } catch (TryAgainException | TransientDataAccessException passing) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void cancelsWhatAStopLeftUnsentAndTakesItBackWhenItWasSentAfterAll() {
    folding()
        .fold(Facts.all(life.started(3), life.sent(1, NOON), life.stopped("repeat_job", 1, NOON)));
    assertThat(counts()).contains("2,sms,cancelled,,1", "3,email,cancelled,,1");

    folding().fold(Facts.all(life.sent(2, NOON.plusSeconds(5))));

    assertThat(counts())
        .contains("2,sms,sent,,1", "3,email,cancelled,,1")
        .doesNotContain("2,sms,cancelled,,1");
  }

  @Test
  void holdsAnEngagementBackUntilTheTouchIsKnown() {
    folding().fold(Facts.all(life.engagement(EngagementKind.CLICKED, 1, NOON)));
    assertThat(counts()).isEmpty();

    folding().fold(Facts.all(life.started(1)));

    assertThat(counts()).containsExactlyInAnyOrder("1,email,scheduled,,1", "1,email,clicked,,1");
  }

  @Test
  void letsTheReconciledAnswerReplaceTheUnknownOne() {
    folding().fold(Facts.all(life.started(1), life.unknown(1, NOON)));
    assertThat(counts()).contains("1,email,unknown,,1");

    folding().fold(Facts.all(life.failed(1, NOON.plusSeconds(90))));

    assertThat(counts()).containsExactlyInAnyOrder("1,email,scheduled,,1", "1,email,failed,,1");
  }

  @Test
  void keepsWhatTheEarliestSendingTellsInWhateverOrder() {
    List<Object> sendings =
        Facts.all(
            life.sentBy("resend", 1, 0, null, NOON.plusSeconds(9)),
            life.sentBy("smtp", 1, 1, null, NOON),
            life.sentBy("twilio", 1, 0, 2, NOON));
    for (long seed = 1; seed <= 9; seed++) {
      List<Object> facts = new ArrayList<>(sendings);
      facts.addAll(sendings);
      Collections.shuffle(facts, new Random(seed));
      Folding folding = folding();
      folding.fold(Facts.all(life.started(1)));
      folding.fold(folding.records(facts), 1 + (int) (seed % 3));

      assertThat(PROJECTIONS.dump(List.of(business)))
          .as("seed %d", seed)
          .filteredOn(line -> line.startsWith("touches"))
          .singleElement()
          .asString()
          .contains("2026-03-02 12:00:00+00")
          .endsWith(",0,2,step1,twilio,hash)");
      PROJECTIONS.clear(List.of(business));
    }
  }

  @Test
  void countsTouchesHeldAndHowOften() {
    folding()
        .fold(Facts.all(life.started(1), life.deferred(1, 0, NOON), life.deferred(1, 1, NOON)));

    assertThat(counts())
        .containsExactlyInAnyOrder(
            "1,email,scheduled,,1", "1,email,deferred,,1", "1,email,deferrals,,2");
  }

  @Test
  void countsATextThatWasNotDeliveredAsBounced() {
    folding()
        .fold(
            Facts.all(
                life.started(2),
                life.sent(2, NOON),
                life.engagement(EngagementKind.UNDELIVERED, 2, NOON)));

    assertThat(counts()).contains("2,sms,bounced,,1");
  }

  @Test
  void keepsNothingOfABusinessThatLeftNotEvenItsLateFacts() {
    folding().fold(Lives.of(14, List.of(business), 20));
    assertThat(PROJECTIONS.dump(List.of(business))).hasSizeGreaterThan(50);

    folding().fold(Facts.all(Facts.businessDeleted(business, 9)));
    folding().fold(Facts.all(life.started(2), Facts.campaign(business, campaign, "Late", 3)));
    folding().fold(Facts.all(Facts.business(business, "Late", "UTC", 8)));

    assertThat(PROJECTIONS.dump(List.of(business)))
        .containsExactly("businesses (%s,,UTC,9,t)".formatted(business));
  }

  @Test
  void beginsAnewWithABusinessThatComesBack() {
    folding().fold(Lives.of(15, List.of(business), 5));

    folding()
        .fold(
            Facts.all(
                Facts.businessDeleted(business, 9), Facts.business(business, "Back", "UTC", 10)));
    folding().fold(Facts.all(Facts.businessDeleted(business, 9)));
    folding().fold(Facts.all(life.started(1)));

    assertThat(counts()).containsExactly("1,email,scheduled,,1");
  }

  @Test
  void keepsTheNewestNameOfACampaign() {
    folding().fold(Facts.all(Facts.campaign(business, campaign, "New", 5)));
    folding().fold(Facts.all(Facts.campaign(business, campaign, "Old", 4)));

    assertThat(PROJECTIONS.dump(List.of(business))).singleElement().asString().contains("New");
  }

  private Folding folding() {
    return new Folding(fold, tenancy, consumed);
  }

  private List<String> counts() {
    return PROJECTIONS.dump(List.of(business)).stream()
        .filter(line -> line.startsWith("touch_counts"))
        .map(line -> line.substring(line.indexOf(campaign.toString()) + 39, line.length() - 1))
        .map(line -> line.replace("\"\"", ""))
        .toList();
  }

  private static List<UUID> enrollmentsOf(List<Object> facts) {
    return facts.stream().map(FoldTest::enrollmentOf).distinct().toList();
  }

  private static List<Object> half(List<Object> facts, List<UUID> enrollments, int which) {
    return facts.stream()
        .filter(fact -> enrollments.indexOf(enrollmentOf(fact)) % 2 == which)
        .toList();
  }

  private static UUID enrollmentOf(Object fact) {
    return switch (fact) {
      case dev.aftertouch.facts.EnrollmentFact f when f.getEnrollmentId() != null ->
          f.getEnrollmentId();
      case dev.aftertouch.facts.TouchOutcome f -> f.getEnrollmentId();
      case dev.aftertouch.facts.Engagement f -> f.getEnrollmentId();
      default -> new UUID(0, 0);
    };
  }
}
