package dev.aftertouch.engine.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.law.LawRow.Basis;
import dev.aftertouch.engine.time.Zones;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LawDataTest {
  /** A web address, or words with the number of a section. */
  private static final Pattern SOURCE =
      Pattern.compile("https://\\S+.*|.*[A-Z][A-Za-z.]*\\b.* [0-9A-Z][0-9A-Za-z.:()-]*.*");

  static List<LawRow> rows() {
    return Law.rows();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void eachRuleHasASourceAPlaceAndDatesInOrder(LawRow row) {
    assertThat(row.id()).matches("[a-z0-9-]+");
    assertThat(Jurisdictions.isKnown(row.jurisdiction())).isTrue();
    if (row.basis() == Basis.LAW) {
      assertThat(row.source()).matches(SOURCE);
      assertThat(row.jurisdiction()).isNotEqualTo("*");
      if (!(row.provision() instanceof Provision.ImpliedConsent)) {
        assertThat(row.channel()).as("solicitation by telephone").isEqualTo(Channel.SMS);
      }
    } else {
      assertThat(row.source()).startsWith("Product rule: docs/decisions/");
      assertThat(row.jurisdiction()).isEqualTo("*");
    }
    LocalDate from = row.effectiveFrom();
    LocalDate until = row.effectiveUntil();
    if (from != null) {
      assertThat(from).isAfter(LocalDate.of(1990, 1, 1));
      if (until != null) {
        assertThat(until).isAfterOrEqualTo(from);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void noRuleIsLooserThanTheLegalHours(LawRow row) {
    switch (row.provision()) {
      case Provision.Hours hours -> {
        assertThat(hours.from()).isBetween(LocalTime.of(8, 0), LocalTime.of(13, 0));
        assertThat(hours.until()).isBetween(LocalTime.of(12, 0), LocalTime.of(21, 0));
        assertThat(hours.from()).isBefore(hours.until());
        assertThat(hours.days()).isNotEmpty();
      }
      case Provision.ClosedDays closed -> assertThat(closed.days()).hasSizeBetween(1, 2);
      case Provision.Holidays holidays -> assertThat(holidays.holidays()).isNotEmpty();
      case Provision.Cap cap -> assertThat(cap.most()).isPositive();
      case Provision.ImpliedConsent implied -> assertThat(implied.months()).isBetween(6, 24);
    }
    assertThat(row.inWords()).matches("(the )?[A-Za-z ]+ allows .*").doesNotContain("*", "US-");
  }

  @Test
  void noRuleHasTheNameOfAnother() {
    Set<String> ids = new HashSet<>();
    assertThat(Law.rows()).hasSizeGreaterThan(40).allMatch(row -> ids.add(row.id()));
    assertThat(LocalDate.parse(Law.version())).isAfter(LocalDate.of(2026, 1, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "+12125550123, US-NY", "+13125550123, US-IL", "+13035550123, US-CO", "+17205550123, US-CO",
    "+14155550123, US-CA", "+13055550123, US-FL", "+14055550123, US-OK", "+13015550123, US-MD",
    "+12065550123, US-WA", "+16175550123, US-MA", "+18015550123, US-UT", "+14015550123, US-RI",
    "+15045550123, US-LA", "+12055550123, US-AL", "+16015550123, US-MS", "+18595550123, US-KY",
    "+15125550123, US-TX", "+18605550123, US-CT", "+15035550123, US-OR", "+12155550123, US-PA",
    "+16055550123, US-SD", "+19075550123, US-AK", "+18085550123, US-HI", "+12025550123, US-DC",
    "+17875550123, US-PR", "+16715550123, US-GU", "+14165550123, CA-ON", "+15145550123, CA-QC",
    "+16045550123, CA-BC", "+19025550123, CA", "+18765550123, JM", "+18005550123, US-*",
    "+1, US-*", "+442071838750, *"
  })
  void readsTheStateOffTheAreaCode(String phone, String jurisdiction) {
    assertThat(Jurisdictions.code(Jurisdictions.ofPhone(phone))).isEqualTo(jurisdiction);
  }

  @Test
  void knowsEveryStateByAddressAndEveryStateHasAnAreaCode() {
    Set<String> byPhone = new HashSet<>();
    for (int code = 200; code < 1000; code++) {
      byPhone.add(Jurisdictions.code(Jurisdictions.ofPhone("+1" + code + "5550123")));
    }
    String states =
        "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR"
            + " PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI";
    for (String state : states.split(" ")) {
      assertThat(Jurisdictions.code(Jurisdictions.ofRegion("US-" + state)))
          .isEqualTo("US-" + state);
      assertThat(Zones.ofRegion("US", state)).isNotEmpty();
      assertThat(byPhone).contains("US-" + state);
    }
  }
}
