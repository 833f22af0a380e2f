package dev.aftertouch.engine.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.inbound.Click.Judgement;
import dev.aftertouch.engine.inbound.Click.Message;
import dev.aftertouch.engine.inbound.Click.Place;
import dev.aftertouch.engine.inbound.Click.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClickRulesTest {
  private static final Instant LEFT = Instant.parse("2026-06-09T18:00:00Z");
  private static final Instant LATER = LEFT.plusSeconds(3_600);
  private static final String BROWSER = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)";
  private static final Message MAIL = new Message(LEFT, true);
  private static final Message TEXT = new Message(LEFT, false);
  private static final Click REVIEW = click(Place.LINK, 0, LATER);

  @Test
  void aClickInAMailIsAHumansOnceTheMailStaysQuiet() {
    assertThat(ClickRules.onArrival(REVIEW, MAIL, List.of()))
        .isEqualTo(new Judgement(Verdict.SUSPECT, List.of("unconfirmed")));
    assertThat(ClickRules.inTheEnd(REVIEW, MAIL, List.of()))
        .isEqualTo(new Judgement(Verdict.HUMAN, List.of()));
  }

  @Test
  void aClickOnTheOnlyLinkOfATextIsAHumansAtOnceUnlessItComesTooSoon() {
    assertThat(ClickRules.onArrival(REVIEW, TEXT, List.of()).verdict()).isEqualTo(Verdict.HUMAN);
    Click tooSoon = click(Place.LINK, 0, LEFT.plusMillis(1_999));
    assertThat(ClickRules.onArrival(tooSoon, TEXT, List.of()))
        .isEqualTo(new Judgement(Verdict.SUSPECT, List.of("too_soon")));
    Click inTime = click(Place.LINK, 0, LEFT.plusSeconds(2));
    assertThat(ClickRules.onArrival(inTime, TEXT, List.of()).verdict()).isEqualTo(Verdict.HUMAN);
  }

  @Test
  void headPrefetchAndRobotsAreBotsByThemselves() {
    bot(new Click(Place.LINK, 0, "HEAD", BROWSER, null, LATER), "method_head");
    bot(new Click(Place.LINK, 0, "GET", BROWSER, "prefetch", LATER), "prefetch");
    bot(new Click(Place.LINK, 0, "GET", "Barracuda Sentinel", null, LATER), "robot_agent");
    bot(click(Place.HONEYPOT, 0, LATER), "honeypot");
  }

  @Test
  void withoutAnAgentItIsDoubtedUntilTheEnd() {
    Click nameless = new Click(Place.LINK, 0, "GET", null, null, LATER);

    assertThat(ClickRules.onArrival(nameless, TEXT, List.of()))
        .isEqualTo(new Judgement(Verdict.SUSPECT, List.of("no_agent")));
    assertThat(ClickRules.inTheEnd(nameless, TEXT, List.of()))
        .isEqualTo(new Judgement(Verdict.HUMAN, List.of("no_agent")));
  }

  @Test
  void anotherAddressWithinTwoSecondsBeforeOrAfterIsAMachines() {
    for (Place place : Place.values()) {
      for (int sign : new int[] {-1, 1}) {
        Click other = click(place, 7, LATER.plus(Duration.ofSeconds(2).multipliedBy(sign)));

        assertThat(ClickRules.inTheEnd(REVIEW, MAIL, List.of(other)).reasons())
            .contains("other_addresses_at_once");
      }
    }
    Click later = click(Place.FEEDBACK, 0, LATER.plusMillis(2_001));
    assertThat(ClickRules.inTheEnd(REVIEW, MAIL, List.of(later)).verdict())
        .isEqualTo(Verdict.HUMAN);
  }

  @Test
  void theHoneypotWithinTenSecondsIsAMachines() {
    Click near = click(Place.HONEYPOT, 0, LATER.plusSeconds(10));
    assertThat(ClickRules.inTheEnd(REVIEW, MAIL, List.of(near)))
        .isEqualTo(new Judgement(Verdict.BOT, List.of("near_honeypot")));
    Click far = click(Place.HONEYPOT, 0, LATER.plusMillis(10_001));
    assertThat(ClickRules.inTheEnd(REVIEW, MAIL, List.of(far)).verdict()).isEqualTo(Verdict.HUMAN);
  }

  @Test
  void theSameLinkAgainAndABrowsersPrefetchSpeakAgainstNobody() {
    Click again = click(Place.LINK, 0, LATER.plusMillis(300));
    Click prefetch =
        new Click(Place.LINK, 1, "GET", BROWSER, "prefetch;prerender", LATER.minusMillis(300));

    assertThat(ClickRules.inTheEnd(REVIEW, MAIL, List.of(again, prefetch)).verdict())
        .isEqualTo(Verdict.HUMAN);
  }

  @Test
  void aScannerOfAllAddressesIsNeverTakenForAHumanInWhateverOrder() {
    List<Click> all =
        List.of(
            REVIEW,
            click(Place.FEEDBACK, 0, LATER.plusMillis(400)),
            click(Place.UNSUBSCRIBE, 0, LATER.plusMillis(900)),
            click(Place.HONEYPOT, 0, LATER.plusMillis(1_900)));

    for (Click click : all) {
      List<Click> others = new ArrayList<>(all);
      others.remove(click);
      assertThat(ClickRules.inTheEnd(click, MAIL, others).verdict()).isEqualTo(Verdict.BOT);
      assertThat(ClickRules.onArrival(click, MAIL, List.of()).verdict())
          .isNotEqualTo(Verdict.HUMAN);
    }
  }

  private static void bot(Click click, String reason) {
    Judgement judgement = new Judgement(Verdict.BOT, List.of(reason));
    assertThat(ClickRules.onArrival(click, MAIL, List.of())).isEqualTo(judgement);
    assertThat(ClickRules.inTheEnd(click, MAIL, List.of())).isEqualTo(judgement);
  }

  private static Click click(Place place, int link, Instant at) {
    return new Click(place, link, "GET", BROWSER, null, at);
  }
}
