package dev.aftertouch.benchmarks.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.gate.Pacing;
import dev.aftertouch.engine.gate.Reason;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GateCaseTest {
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MIXED")
  void isAnsweredByTheRuleThatItIsAbout(GateCase one) {
    assertThat(answers(one)).isEqualTo(one.answers());
  }

  @Test
  void mixesAllAnswersOfTheOthers() {
    assertThat(answers(GateCase.MIXED))
        .containsOnlyKeys(
            Reason.ALLOWED, Reason.QUIET_HOURS, Reason.ENROLLMENT_STOPPED, Reason.PACING);
  }

  @Test
  void asksTheSameEveryTime() {
    assertThat(answers(GateCase.MIXED)).isEqualTo(answers(GateCase.MIXED));
  }

  private static Map<Reason, Integer> answers(GateCase one) {
    Pacing[] ledgers = one.ledgers();
    return Arrays.stream(one.burst())
        .map(asked -> asked.answer(ledgers).reason())
        .collect(Collectors.toMap(reason -> reason, reason -> 1, Integer::sum));
  }
}
