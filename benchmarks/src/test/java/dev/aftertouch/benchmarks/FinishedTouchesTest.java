package dev.aftertouch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.facts.Engagement;
import dev.aftertouch.facts.EnrollmentFact;
import dev.aftertouch.facts.EnrollmentStarted;
import dev.aftertouch.facts.TouchOutcome;
import dev.aftertouch.facts.TouchSent;
import dev.aftertouch.facts.TrustedFacts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class FinishedTouchesTest {
  private static final int ENROLLMENTS = 200;
  private static final Instant NOW = Instant.parse("2026-03-10T15:00:00Z");
  private static final Serializer<Object> UNUSED = (topic, value) -> new byte[0];

  private record Published(FinishedTouches touches, List<Object> facts) {
    long count(Predicate<Object> which) {
      return facts.stream().filter(which).count();
    }
  }

  @Test
  void tellsEachEnrollmentInTenFactsThatTheSchemasTake() throws IOException {
    TrustedFacts.vouch();
    Published published = publish();

    assertThat(published.facts()).hasSize(ENROLLMENTS * FinishedTouches.FACTS);
    for (Object fact : published.facts()) {
      encode((SpecificRecord) fact);
    }
  }

  @Test
  void givesNoTwoFactsOneId() {
    assertThat(publish().facts().stream().map(FinishedTouchesTest::id)).doesNotHaveDuplicates();
  }

  @Test
  void tellsTheSameEveryTime() {
    assertThat(publish().facts()).isEqualTo(publish().facts());
  }

  @Test
  void knowsWhatTheStatisticsOfTheAskedCampaignMustBe() {
    Published published = publish();

    assertThat(published.touches().expectedOfAsked())
        .containsEntry("enrolled", published.count(FinishedTouchesTest::isStartOfAsked))
        .containsEntry("sent", published.count(FinishedTouchesTest::isSentOfAsked))
        .containsEntry("enrolled", ENROLLMENTS / 2L)
        .containsOnlyKeys(
            "enrolled",
            "sent",
            "delivered",
            "opened",
            "clicked",
            "deferred",
            "skipped",
            "completed");
  }

  private static Published publish() {
    try (MockProducer<String, Object> producer =
        new MockProducer<>(true, null, new StringSerializer(), UNUSED)) {
      FinishedTouches touches = new FinishedTouches(new Publishing(producer), 10, NOW);
      touches.publish(0, ENROLLMENTS / 2, new FinishedTouches.Days(40, 24));
      touches.publish(ENROLLMENTS / 2, ENROLLMENTS / 2, new FinishedTouches.Days(24, 8));
      return new Published(
          touches, producer.history().stream().map(ProducerRecord::value).toList());
    }
  }

  private static String id(Object fact) {
    return switch (fact) {
      case EnrollmentFact enrollment -> enrollment.getFactId().toString();
      case Engagement engagement -> engagement.getEngagementId().toString();
      case TouchOutcome outcome -> outcome.getTouchId() + "/" + outcome.getRound();
      default -> throw new AssertionError(fact);
    };
  }

  private static boolean isStartOfAsked(Object fact) {
    return fact instanceof EnrollmentFact enrollment
        && isAsked(enrollment.getBusinessId())
        && enrollment.getFact() instanceof EnrollmentStarted;
  }

  private static boolean isSentOfAsked(Object fact) {
    return fact instanceof TouchOutcome outcome
        && isAsked(outcome.getBusinessId())
        && outcome.getOutcome() instanceof TouchSent;
  }

  private static boolean isAsked(UUID business) {
    return business.equals(FinishedTouches.ASKED);
  }

  private static void encode(SpecificRecord fact) throws IOException {
    OutputStream bytes = new ByteArrayOutputStream();
    var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new SpecificDatumWriter<SpecificRecord>(fact.getSchema()).write(fact, encoder);
    encoder.flush();
  }
}
