package dev.aftertouch.enrollment.customers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalisingTest {
  @ParameterizedTest
  @CsvSource({
    "' Ada@Example.COM ', ada@example.com",
    "o'brian+x@sub.example.co.uk, o'brian+x@sub.example.co.uk",
    "jürgen@müller.de, jürgen@xn--mller-kva.de"
  })
  void makesAddressesComparable(String entered, String normalised) {
    assertThat(EmailAddresses.normalised(entered)).contains(normalised);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ada",
        "ada@",
        "@example.com",
        "a b@example.com",
        "a@b",
        "a@example..com",
        "a@-x.com",
        "a@b.com\r\nBcc: c@d.com",
        "Ada <a@b.com>"
      })
  void refusesWhatIsNoAddress(String entered) {
    assertThat(EmailAddresses.normalised(entered)).isEmpty();
  }

  @Test
  void knowsNumbersByTheirCountryAndTheirZonesByTheirArea() {
    assertThat(PhoneNumbers.parse("(303) 555-0123", "US"))
        .contains(new PhoneNumbers.Number("+13035550123", List.of("America/Denver")));
    assertThat(PhoneNumbers.parse("030 901820", "DE").map(PhoneNumbers.Number::e164))
        .contains("+4930901820");
    assertThat(PhoneNumbers.parse("12", "US")).isEqualTo(Optional.empty());
    assertThat(PhoneNumbers.parse("call me", "US")).isEqualTo(Optional.empty());
  }
}
