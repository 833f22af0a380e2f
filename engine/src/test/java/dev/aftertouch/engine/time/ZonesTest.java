package dev.aftertouch.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.time.Zones.Candidates;
import dev.aftertouch.engine.time.Zones.Clues;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ZonesTest {
  @Test
  void takesTheZoneThatTheJobSystemNamed() {
    assertThat(Zones.of(clues("America/Denver", "US", "NY")))
        .isEqualTo(candidates(ZoneEvidence.CUSTOMER, "America/Denver"));
  }

  @Test
  void ignoresAZoneThatDoesNotExistOrIsABareOffset() {
    for (String zone :
        List.of("Mars/Olympus", "UTC-5", "+05:00", "GMT+2", "Etc/GMT+5", "", "  ", "EST")) {
      assertThat(Zones.of(clues(zone, "US", "NY")).evidence())
          .as(zone)
          .isEqualTo(ZoneEvidence.ADDRESS);
    }
  }

  @Test
  void takesTheStateOfTheServiceAddress() {
    assertThat(Zones.of(clues(null, "US", "ny")))
        .isEqualTo(candidates(ZoneEvidence.ADDRESS, "America/New_York"));
    assertThat(Zones.of(clues(null, "us", "US-HI")))
        .isEqualTo(candidates(ZoneEvidence.ADDRESS, "Pacific/Honolulu"));
    assertThat(Zones.of(clues(null, "CA", "SK")))
        .isEqualTo(candidates(ZoneEvidence.ADDRESS, "America/Regina", "America/Edmonton"));
  }

  @Test
  void givesBothZonesOfADividedState() {
    assertThat(Zones.ofRegion("US", "IN"))
        .extracting(ZoneId::getId)
        .containsExactly("America/Indiana/Indianapolis", "America/Chicago");
    assertThat(Zones.ofRegion("US", "KY"))
        .extracting(ZoneId::getId)
        .containsExactly("America/Kentucky/Louisville", "America/Chicago");
    assertThat(Zones.ofRegion("US", "AZ"))
        .extracting(ZoneId::getId)
        .containsExactly("America/Phoenix", "America/Denver");
    assertThat(Zones.ofRegion("US", "TX"))
        .extracting(ZoneId::getId)
        .containsExactly("America/Chicago", "America/Denver");
  }

  @Test
  void knowsEveryStateAndProvince() {
    String states =
        "AL AK AZ AR CA CO CT DC DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI"
            + " SC SD TN TX UT VT VA WA WV WI WY PR VI GU MP AS";
    assertThat(states.split(" "))
        .allSatisfy(state -> assertThat(Zones.ofRegion("US", state)).isNotEmpty());
    assertThat("AB BC MB NB NL NS NT NU ON PE QC SK YT".split(" "))
        .allSatisfy(province -> assertThat(Zones.ofRegion("CA", province)).isNotEmpty());
  }

  @Test
  void takesACountryOfOneZoneForAnAddress() {
    assertThat(Zones.of(clues(null, "DE", null)))
        .isEqualTo(candidates(ZoneEvidence.ADDRESS, "Europe/Berlin"));
  }

  @Test
  void takesTheAreaOfThePhoneWhenTheAddressSaysTooLittle() {
    assertThat(
            Zones.of(
                new Clues(
                    null,
                    "US",
                    null,
                    List.of("America/Chicago", "Unknown/Zone"),
                    "America/New_York")))
        .isEqualTo(candidates(ZoneEvidence.PHONE, "America/Chicago"));
  }

  @Test
  void takesEveryZoneOfTheCountryWhenNothingElseIsKnown() {
    assertThat(Zones.of(clues(null, "US", "XX")))
        .isEqualTo(new Candidates(Zones.UNKNOWN_US, ZoneEvidence.COUNTRY));
    assertThat(Zones.UNKNOWN_US)
        .contains(ZoneId.of("Pacific/Honolulu"), ZoneId.of("America/Anchorage"));
  }

  @Test
  void takesTheZoneOfTheBusinessLastAndAllOfTheUnitedStatesWithoutOne() {
    assertThat(Zones.of(new Clues(null, null, null, List.of(), "America/Denver")))
        .isEqualTo(candidates(ZoneEvidence.BUSINESS, "America/Denver"));
    assertThat(Zones.of(new Clues(null, "ZZ", null, List.of(), null)))
        .isEqualTo(new Candidates(Zones.UNKNOWN_US, ZoneEvidence.UNKNOWN));
  }

  @Test
  void knowsTheZonesOfEveryCountry() {
    assertThat(CountryZones.BY_COUNTRY).hasSizeGreaterThan(240);
    assertThat(Zones.ofCountry("AU"))
        .extracting(ZoneId::getId)
        .contains("Australia/Perth", "Australia/Brisbane");
    assertThat(Zones.ofCountry("CA"))
        .extracting(ZoneId::getId)
        .contains("America/St_Johns", "America/Vancouver");
  }

  private static Clues clues(
      @Nullable String zone, @Nullable String country, @Nullable String region) {
    return new Clues(zone, country, region, List.of(), "America/Chicago");
  }

  private static Candidates candidates(ZoneEvidence evidence, String... zones) {
    return new Candidates(List.of(zones).stream().map(ZoneId::of).toList(), evidence);
  }
}
