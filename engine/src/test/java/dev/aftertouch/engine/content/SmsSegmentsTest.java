package dev.aftertouch.engine.content;

import static dev.aftertouch.engine.content.SmsSegments.Encoding.GSM_7;
import static dev.aftertouch.engine.content.SmsSegments.Encoding.UCS_2;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SmsSegmentsTest {
  @Test
  void takesOneSegmentUpTo160SeptetsAndParts153Beyond() {
    assertThat(SmsSegments.of("a".repeat(160))).isEqualTo(new SmsSegments(GSM_7, 160, 1));
    assertThat(SmsSegments.of("a".repeat(161))).isEqualTo(new SmsSegments(GSM_7, 161, 2));
    assertThat(SmsSegments.of("a".repeat(306))).isEqualTo(new SmsSegments(GSM_7, 306, 2));
    assertThat(SmsSegments.of("a".repeat(307))).isEqualTo(new SmsSegments(GSM_7, 307, 3));
  }

  @Test
  void takesOneSegmentUpTo70UnitsAndParts67BeyondInUcs2() {
    assertThat(SmsSegments.of("ж".repeat(70))).isEqualTo(new SmsSegments(UCS_2, 70, 1));
    assertThat(SmsSegments.of("ж".repeat(71))).isEqualTo(new SmsSegments(UCS_2, 71, 2));
    assertThat(SmsSegments.of("ж".repeat(134))).isEqualTo(new SmsSegments(UCS_2, 134, 2));
    assertThat(SmsSegments.of("ж".repeat(135))).isEqualTo(new SmsSegments(UCS_2, 135, 3));
  }

  @Test
  void countsExtensionCharactersTwice() {
    assertThat(SmsSegments.of("€[]{}^~|\\")).isEqualTo(new SmsSegments(GSM_7, 18, 1));
    assertThat(SmsSegments.of("€".repeat(80))).isEqualTo(new SmsSegments(GSM_7, 160, 1));
  }

  @Test
  void dividesNeitherAnEscapedCharacterNorASurrogatePair() {
    // 76 pairs fill 152 of 153 septets; the 77th does not fit into the one that is left.
    assertThat(SmsSegments.of("€".repeat(153))).isEqualTo(new SmsSegments(GSM_7, 306, 3));
    assertThat(SmsSegments.of("😀".repeat(67))).isEqualTo(new SmsSegments(UCS_2, 134, 3));
  }

  @Test
  void countsUmlautsAsPlainAndACurlyQuoteAsCostly() {
    assertThat(SmsSegments.of("äöüßñàéΩ@\n").encoding()).isEqualTo(GSM_7);
    assertThat(SmsSegments.of("a".repeat(150) + "’").count()).isEqualTo(3);
  }

  @Test
  void takesOneSegmentForNothing() {
    assertThat(SmsSegments.of("")).isEqualTo(new SmsSegments(GSM_7, 0, 1));
  }
}
