package dev.aftertouch.dispatch.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InboundTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "STOP",
        "stop",
        " Stop ",
        "STOP.",
        "stop!!",
        "Stop 🛑",
        "STOPALL",
        "Stop all",
        "UNSUBSCRIBE",
        "end",
        "Quit",
        "REVOKE",
        "optout",
        "opt-out",
        "Opt out",
        "cancel",
        "ARRET",
        "arrêt",
        "No más"
      })
  void theWholeMessageIsAStopWord(String text) {
    assertThat(InboundText.read(text)).isEqualTo(InboundText.STOP);
  }

  @ParameterizedTest
  @CsvSource({
    "Don't stop by Friday, REPLY",
    "end of the month, REPLY",
    "when can you start?, REPLY",
    "Yes, START",
    "unstop, START",
    "Help, HELP",
    "info?, HELP",
    "👍, REPLY",
    "'', REPLY"
  })
  void everythingElseMeansWhatItSays(String text, InboundText meaning) {
    assertThat(InboundText.read(text)).isEqualTo(meaning);
  }
}
