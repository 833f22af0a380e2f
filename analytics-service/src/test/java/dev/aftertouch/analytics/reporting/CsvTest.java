package dev.aftertouch.analytics.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx"})
  void disarmsFormulas(String text) {
    assertThat(Csv.cell(text)).isEqualTo("'" + text);
  }

  @Test
  void keepsNegativeNumbersAsNumbers() {
    assertThat(Csv.cell(new BigDecimal("-0.25"))).isEqualTo("-0.25");
  }

  @Test
  void quotesWhatWouldBreakTheLine() {
    assertThat(Csv.cell("Größe, \"M\"\n")).isEqualTo("\"Größe, \"\"M\"\"\n\"");
    assertThat(Csv.cell("\r=1")).isEqualTo("\"'\r=1\"");
  }

  @Test
  void writesTheHeaderAlsoWithoutRows() {
    assertThat(Csv.of(new Table(List.of("day", "sent"), List.of()))).isEqualTo("day,sent\r\n");
  }

  @Test
  void writesNothingForNull() {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("day", null);
    row.put("sent", 3L);

    assertThat(Csv.of(new Table(Arrays.asList("day", "sent"), List.of(row))))
        .isEqualTo("day,sent\r\n,3\r\n");
  }
}
