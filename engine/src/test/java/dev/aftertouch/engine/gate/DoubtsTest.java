package dev.aftertouch.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.business.BusinessSettings.OnUnknown;
import dev.aftertouch.engine.gate.Doubts.Facts;
import dev.aftertouch.engine.gate.Doubts.Frozen;
import dev.aftertouch.engine.gate.Doubts.Listed;
import dev.aftertouch.engine.gate.Doubts.Looked;
import dev.aftertouch.engine.gate.Doubts.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DoubtsTest {
  private static final Instant NOON = Instant.parse("2026-06-09T18:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Frozen TEXT = new Frozen("+13035550100", "+17205550100", "Hi Ann", NOON);

  @Test
  void takesTheOnlyTextThatCanBeTheAttempts() {
    assertThat(
            Doubts.look(
                TEXT,
                List.of(
                    listed("SM1", "Hi Ann", 5),
                    listed("SM2", "Hi Bob", 5),
                    listed("SM3", "Hi Ann", -61),
                    listed("SM4", "Hi Ann", 6)),
                Set.of("SM4")))
        .isEqualTo(new Looked.Found("SM1", false, null));
  }

  @Test
  void takesNoneWhereSeveralCouldBe() {
    assertThat(
            Doubts.look(
                TEXT, List.of(listed("SM1", "Hi Ann", 5), listed("SM2", "Hi Ann", 9)), Set.of()))
        .isEqualTo(new Looked.Several(2));
    assertThat(Doubts.look(TEXT, List.of(), Set.of())).isEqualTo(new Looked.Nothing());
  }

  @Test
  void believesTheProviderWhateverThePolicyAndTheTime() {
    for (OnUnknown policy : OnUnknown.values()) {
      for (int minutes : new int[] {0, 14, 15, 600}) {
        assertThat(decide(new Looked.Found("SM1", false, null), minutes, false, policy))
            .isEqualTo(new Resolution.Accepted("found_in_list", "SM1"));
        assertThat(decide(new Looked.Found("SM1", true, "30007"), minutes, true, policy))
            .isEqualTo(new Resolution.Undelivered("found_in_list", "SM1", "30007"));
      }
    }
  }

  @Test
  void waitsAsLongAsTheProviderMayTell() {
    for (OnUnknown policy : OnUnknown.values()) {
      assertThat(decide(new Looked.Nothing(), 14, false, policy))
          .isEqualTo(new Resolution.Wait("provider_may_tell"));
      assertThat(decide(new Looked.NoList(), 14, false, policy))
          .isEqualTo(new Resolution.Wait("provider_may_tell"));
    }
  }

  @Test
  void assumesSentByDefaultAndResendsNeverTwice() {
    assertThat(decide(new Looked.Nothing(), 15, false, OnUnknown.ASSUME_SENT))
        .isEqualTo(new Resolution.AssumeSent("policy"));
    assertThat(decide(new Looked.Nothing(), 15, false, OnUnknown.RESEND_ONCE))
        .isEqualTo(new Resolution.Resend("not_in_list"));
    assertThat(decide(new Looked.NoList(), 15, false, OnUnknown.RESEND_ONCE))
        .isEqualTo(new Resolution.Resend("provider_has_no_list"));
    assertThat(decide(new Looked.Nothing(), 15, true, OnUnknown.RESEND_ONCE))
        .isEqualTo(new Resolution.AssumeSent("resent_before"));
  }

  @Test
  void resendsNothingWhileTheProviderCannotBeAskedOrMayHaveIt() {
    Looked unanswered = new Looked.Unanswered("no_answer");

    assertThat(decide(unanswered, 59, false, OnUnknown.RESEND_ONCE))
        .isEqualTo(new Resolution.Wait("provider_unreachable"));
    assertThat(decide(unanswered, 60, false, OnUnknown.RESEND_ONCE))
        .isEqualTo(new Resolution.AssumeSent("provider_unreachable"));
    assertThat(decide(new Looked.Several(2), 15, false, OnUnknown.RESEND_ONCE))
        .isEqualTo(new Resolution.AssumeSent("several_in_list"));
  }

  private static Resolution decide(
      Looked looked, int minutes, boolean resentBefore, OnUnknown policy) {
    return Doubts.decide(
        new Facts(Duration.ofMinutes(minutes), resentBefore, looked), policy, PATIENCE);
  }

  private static Listed listed(String id, String body, int seconds) {
    return new Listed(id, body, NOON.plusSeconds(seconds), false, null);
  }
}
