package dev.aftertouch.engine.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.consent.Standing.Bar;
import dev.aftertouch.engine.definition.CampaignKind;
import dev.aftertouch.engine.definition.Purpose;
import dev.aftertouch.engine.gate.GateFacts;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingTest {
  private static final Bar ALL = new Bar(null, "opted_out");
  private static final Bar FUNDRAISING = new Bar(Purpose.FUNDRAISING, "opted_out");
  private static final Bar HELD = new Bar(null, GateFacts.IN_REVIEW);

  @Test
  void anOptOutOfOnePurposeLeavesTheOthers() {
    Standing standing = new Standing(List.of(FUNDRAISING));

    for (Purpose purpose : Purpose.values()) {
      assertThat(standing.against(purpose))
          .isEqualTo(purpose == Purpose.FUNDRAISING ? "opted_out_for_fundraising" : null);
    }
    assertThat(standing.holds(Purpose.FUNDRAISING)).isTrue();
    assertThat(standing.holds(null)).isFalse();
  }

  @Test
  void anOptOutOfAllIsOfEachAndIsToldFirst() {
    for (Purpose purpose : Purpose.values()) {
      assertThat(new Standing(List.of(ALL)).against(purpose)).isEqualTo("opted_out");
      assertThat(new Standing(List.of(FUNDRAISING, ALL)).against(purpose)).isEqualTo("opted_out");
    }
  }

  @Test
  void whatEndsATouchGoesBeforeWhatHoldsIt() {
    Standing standing = new Standing(List.of(HELD, FUNDRAISING));

    assertThat(standing.against(Purpose.FUNDRAISING)).isEqualTo("opted_out_for_fundraising");
    assertThat(standing.against(Purpose.FOLLOW_UP)).isEqualTo(GateFacts.IN_REVIEW);
  }

  @Test
  void everythingStandsAgainstAPurposeThatIsNotKnown() {
    assertThat(new Standing(List.of(FUNDRAISING)).against(null))
        .isEqualTo("opted_out_for_fundraising");
    assertThat(Standing.CLEAR.against(null)).isNull();
  }

  @Test
  void aCampaignThatNamesNoPurposeHasTheOneOfItsKind() {
    assertThat(Purpose.of(CampaignKind.MULTI_TOUCH)).isEqualTo(Purpose.FOLLOW_UP);
    assertThat(Purpose.of(CampaignKind.TRACK15)).isEqualTo(Purpose.FUNDRAISING);
    assertThat(Purpose.of(CampaignKind.DRIP)).isEqualTo(Purpose.NEWSLETTER);
    assertThat(Purpose.written("multi_touch", "transactional")).isEqualTo(Purpose.TRANSACTIONAL);
    assertThat(Purpose.written("track15", null)).isEqualTo(Purpose.FUNDRAISING);
  }
}
