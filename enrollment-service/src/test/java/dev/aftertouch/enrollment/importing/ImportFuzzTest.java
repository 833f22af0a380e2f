package dev.aftertouch.enrollment.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.aftertouch.facts.JobFact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** As many files as fit into the time, {@code -Dfuzz.seconds}; a failure names its seed. */
class ImportFuzzTest {
  private static final Duration BUDGET = Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 2));
  private static final Duration AT_MOST = Duration.ofSeconds(2);
  private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
  private static final ZoneId DENVER = ZoneId.of("America/Denver");
  private static final String HEADER =
      "job_id,service_type,completed_at,customer_id,value,enroll,first_name,custom.unit,state";
  private static final List<String> CELLS =
      List.of(
          "J-1",
          "hvac",
          "2026-03-01",
          "2026-03-01T14:00:00Z",
          "2026-03-08 02:30",
          "+999999999-12-31",
          "-999999999-01-01T00:00:00Z",
          "+999999999-12-31T23:59:59.999999999-18:00",
          "0000-01-01",
          "C-1",
          "129.50",
          "1e999999999",
          "1e-999999999",
          "0e-999999999",
          "1E+2147483647",
          "NaN",
          "-0",
          "\u0661\u0662",
          "yes",
          "maybe",
          "=cmd()",
          "\uFEFF",
          "\0",
          "\u2028",
          "\"\"",
          "\"a,b\"",
          "\"a\nb\"",
          "\"open",
          "close\"",
          "a\"b",
          "'",
          "\\",
          "\ud83d\ude00",
          "x".repeat(3_000),
          "",
          " ");

  @Test
  void answersEveryFileWithADeclaredResultInTime() {
    long end = System.nanoTime() + BUDGET.toNanos();
    for (long seed = 1; System.nanoTime() < end; seed++) {
      byte[] file = file(new Random(seed));
      long start = System.nanoTime();
      try {
        work(file);
      } catch (RuntimeException | IOException | AssertionError e) {
        fail("seed " + seed + ": " + new String(file, StandardCharsets.UTF_8), e);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("seed %s: %s", seed, new String(file, StandardCharsets.UTF_8))
          .isLessThan(AT_MOST);
    }
  }

  private static void work(byte[] file) throws IOException {
    switch (CsvRows.read(file)) {
      case CsvRows.Read.Unreadable unreadable -> {
        assertThat(unreadable.code()).isNotBlank();
        assertThat(unreadable.explanation()).isNotBlank();
      }
      case CsvRows.Read.Rows rows -> {
        for (CsvRows.Row row : rows.rows()) {
          CsvJob job = new CsvJob(row, DENVER);
          JobDocument document = job.document();
          if (job.errors().isEmpty()) {
            check(document);
          }
        }
      }
    }
  }

  private static void check(JobDocument document) throws IOException {
    switch (JobForm.check(new UUID(0, 1), document, "csv", NOW)) {
      case JobForm.Checked.Good good -> assertThat(encoded(good.fact())).isEqualTo(good.fact());
      case JobForm.Checked.Bad bad -> assertThat(bad.errors()).isNotEmpty();
    }
  }

  /** As it will be read from the topic, but for what is finer than a millisecond. */
  private static JobFact encoded(JobFact fact) throws IOException {
    JobFact read = JobFact.fromByteBuffer(fact.toByteBuffer());
    assertThat(JobFact.fromByteBuffer(read.toByteBuffer())).isEqualTo(read);
    return fact;
  }

  private static byte[] file(Random random) {
    StringBuilder text = new StringBuilder(random.nextInt(20) == 0 ? "" : HEADER);
    text.append(random.nextBoolean() ? "\n" : "\r\n");
    for (int row = random.nextInt(6); row >= 0; row--) {
      boolean plausible = random.nextBoolean();
      for (int cell = 0; cell < 9 + random.nextInt(2); cell++) {
        text.append(cell == 0 ? "" : random.nextInt(50) == 0 ? ";" : ",")
            .append(plausible ? plausible(cell, random) : any(random));
      }
      text.append(random.nextInt(8) == 0 ? "\r" : "\n");
    }
    byte[] file = text.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(6) == 0) {
      file[random.nextInt(file.length)] = (byte) random.nextInt();
    }
    return file;
  }

  /** A row that is whole but for some cells. */
  private static String plausible(int cell, Random random) {
    if (random.nextInt(4) == 0) {
      return any(random);
    }
    return switch (cell) {
      case 0 -> "J-" + random.nextInt(5);
      case 1 -> "hvac";
      case 2 -> CELLS.get(2 + random.nextInt(7));
      case 3 -> "C-1";
      case 4 -> CELLS.get(10 + random.nextInt(8));
      default -> "";
    };
  }

  private static String any(Random random) {
    return CELLS.get(random.nextInt(CELLS.size()));
  }
}
