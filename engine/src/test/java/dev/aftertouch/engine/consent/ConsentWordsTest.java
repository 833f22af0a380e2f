package dev.aftertouch.engine.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.definition.Purpose;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsentWordsTest {
  @Test
  void tellsEachEntryInASentence() {
    assertThat(told(ConsentKind.WITHDRAWN, null, "opted_out", "twilio", null))
        .isEqualTo("Opted out of all texts, by twilio.");
    assertThat(told(ConsentKind.WITHDRAWN, null, "complained", "resend", null))
        .isEqualTo("Opted out of all texts (complained), by resend.");
    assertThat(
            told(ConsentKind.REOPENED, Purpose.FUNDRAISING, "opted_out", "unsubscribe_page", null))
        .isEqualTo("Opted in again to fundraising texts, by unsubscribe page.");
    assertThat(told(ConsentKind.UNREACHABLE, null, "bounced", "resend", null))
        .isEqualTo("Could not be reached by all texts (bounced), by resend.");
    assertThat(told(ConsentKind.HELD, null, "in_review", "text_in_doubt/12ab", null))
        .isEqualTo("Held all texts, because a text may be an opt-out, by text in doubt.");
    assertThat(
            told(
                ConsentKind.GRANTED,
                Purpose.NEWSLETTER,
                "express",
                "web_form",
                Instant.parse("2028-01-01T00:00:00Z")))
        .isEqualTo(
            "Gave express consent to newsletter texts, until 2028-01-01T00:00:00Z, by web form.");
  }

  private static String told(
      ConsentKind kind,
      @Nullable Purpose purpose,
      String basis,
      String source,
      @Nullable Instant expires) {
    return ConsentWords.sentence(
        new ConsentFact(
            Instant.EPOCH, "", Channel.SMS, purpose, kind, basis, source, Map.of(), expires));
  }
}
