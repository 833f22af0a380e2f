package dev.aftertouch.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PresetsTest {
  @Test
  void areThreeFromTheCalmestToTheKeenest() {
    assertThat(Presets.all())
        .extracting(Preset::key)
        .containsExactly("conservative", "standard", "aggressive");
  }

  @Test
  void mayAllBePublishedAsTheyAre() {
    assertThat(Presets.all())
        .allSatisfy(preset -> assertThat(DefinitionRules.check(preset.definition())).isEmpty());
  }

  @Test
  void nameTheSenderAndTheWayOutInEveryText() {
    assertThat(Presets.all())
        .flatExtracting(preset -> Steps.touches(preset.definition()))
        .filteredOn(touch -> touch.channel() == Channel.SMS)
        .isNotEmpty()
        .allSatisfy(
            touch ->
                assertThat(touch.template().body())
                    .contains("{{company_name}}", "Reply STOP", "{{review_link}}"));
  }

  @Test
  void areFoundByTheirKey() {
    assertThat(Presets.find("standard")).map(Preset::name).hasValue("Standard");
    assertThat(Presets.find("ludicrous")).isEmpty();
  }

  @Test
  void areDuplicatedUnderAnotherNameForOneService() {
    CampaignDefinition standard = Presets.find("standard").orElseThrow().definition();

    CampaignDefinition copy =
        standard.withName("Plumbing follow-up").withServiceType(ServiceType.PLUMBING);

    assertThat(copy.steps()).isEqualTo(standard.steps());
    assertThat(DefinitionRules.check(copy)).isEmpty();
  }
}
