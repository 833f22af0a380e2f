package dev.aftertouch.engine.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.aftertouch.engine.inbound.InboundText.Meaning;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InboundTextTest {
  private static final long SEED = 20_260_609;
  private static final Duration BUDGET = Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 2));

  private record Row(Meaning meaning, String text) {}

  @Test
  void readsTwoHundredTextsAsAPersonWould() throws IOException {
    List<Row> rows = rows();
    List<String> misread = new ArrayList<>();
    Set<String> texts = new HashSet<>();
    for (Row row : rows) {
      texts.add(row.text());
      InboundText read = InboundText.read(row.text());
      if (read.meaning() != row.meaning()) {
        misread.add("\"" + row.text() + "\": " + row.meaning() + " but read as " + read);
      }
    }

    assertThat(misread).isEmpty();
    assertThat(texts).hasSizeGreaterThanOrEqualTo(200);
    assertThat(rows.stream().map(Row::meaning)).containsAll(EnumSet.allOf(Meaning.class));
  }

  @Test
  void readsATextTheSameInAnyCaseAndWithSpaceAround() throws IOException {
    for (Row row : rows()) {
      if (row.text().chars().allMatch(c -> c < 128)) {
        assertThat(InboundText.read("  " + row.text().toUpperCase(Locale.ROOT) + "\n"))
            .as(row.text())
            .isEqualTo(InboundText.read(row.text()));
      }
    }
  }

  @Test
  void reopensOnTheBareKeywordOnly() throws IOException {
    for (Row row : rows()) {
      if (row.meaning() != Meaning.START) {
        assertThat(InboundText.read(row.text()).meaning()).isNotEqualTo(Meaning.START);
      }
    }
    for (String keyword : Keywords.START) {
      assertThat(InboundText.read(keyword + " please").meaning()).isNotEqualTo(Meaning.START);
      assertThat(InboundText.read("can you " + keyword).meaning()).isNotEqualTo(Meaning.START);
    }
  }

  /** As many as fit into the time; a failure names the seed of its text. */
  @Test
  void answersWhateverIsWritten() throws IOException {
    List<String> pieces = new ArrayList<>();
    rows().forEach(row -> pieces.add(row.text()));
    pieces.addAll(
        List.of("\0", "\ud800", "\u200b", "\u202e", "\n", "’", "stop", " ", "ﷺ", "\ufeff", "…"));
    long end = System.nanoTime() + BUDGET.toNanos();
    for (long seed = SEED; System.nanoTime() < end; seed++) {
      String text = text(new Random(seed), pieces);
      try {
        InboundText read = InboundText.read(text);
        assertThat(read.rule()).isNotBlank();
        assertThat(InboundText.read(text)).isEqualTo(read);
      } catch (RuntimeException | AssertionError e) {
        fail("seed " + seed + ": " + text, e);
      }
    }
  }

  private static String text(Random random, List<String> pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      if (random.nextInt(4) == 0) {
        random.ints(random.nextInt(40), 0, 0x10000).forEach(c -> text.append((char) c));
      } else {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
    }
    return text.toString();
  }

  private static List<Row> rows() throws IOException {
    try (InputStream table = InboundTextTest.class.getResourceAsStream("texts.tsv")) {
      String lines =
          new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", 2))
          .map(columns -> new Row(Meaning.valueOf(columns[0]), columns[1]))
          .toList();
    }
  }
}
