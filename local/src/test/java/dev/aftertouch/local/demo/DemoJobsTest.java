package dev.aftertouch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoJobsTest {
  private static final ZoneId DENVER = ZoneId.of("America/Denver");
  private static final Instant NOW = Instant.parse("2030-03-05T20:00:00Z");
  private static final String HEADER =
      "job_id,service_type,completed_at,customer_id,first_name,last_name,email,city\n";

  @Test
  void movesAllTimesSoThatTheNewestIsAMinuteAgo() {
    DemoJobs jobs =
        prepare(
            """
            J-1,hvac,2026-06-01T15:45:00-06:00,C-1,Ava,Hill,ava@home.example,Denver
            J-2,hvac,2026-06-01T20:45:00Z,C-2,Max,Lee,max@home.example,Denver
            J-3,hvac,2026-06-01T13:45,C-3,Tom,Ray,tom@home.example,Denver
            """);

    assertThat(column(jobs, 2))
        .containsExactly("2030-03-05T19:59:00Z", "2030-03-05T18:59:00Z", "2030-03-05T17:59:00Z");
  }

  @Test
  void leavesOddTimesAndAddressesAsTheyAre() {
    DemoJobs jobs =
        prepare(
            """
            J-1,hvac,2026-06-01T15:45:00-06:00,C-1,Ava,Hill,ava@home.example,Denver
            J-2,hvac,yesterday,C-2,Max,Lee,nobody,Denver
            J-3,hvac,,C-3,Tom,Ray,,Denver
            """);

    assertThat(column(jobs, 2)).containsExactly("2030-03-05T19:59:00Z", "yesterday", "");
    assertThat(column(jobs, 6)).containsExactly("ava+r1@home.example", "nobody", "");
  }

  @Test
  void givesJobsAndCustomersTheRunsSuffix() {
    DemoJobs jobs =
        prepare(
            "J-1,hvac,2026-06-01T15:45:00-06:00,C-1,\"Bo \"\"B\"\"\",Hill,b@home.example,Denver\n");

    assertThat(jobs.people())
        .containsExactly(
            java.util.Map.entry(
                "C-1-r1", new Person("C-1-r1", "J-1-r1", "hvac", "Bo \"B\"", "Hill", "Denver")));
  }

  @Test
  void writesWhatItReads() {
    String text = "a,\"b, \"\"c\"\"\",\"d\ne\"\r\n\"\",f,\r\n";

    List<List<String>> records = CsvTable.read(text);

    assertThat(records).containsExactly(List.of("a", "b, \"c\"", "d\ne"), List.of("", "f", ""));
    assertThat(CsvTable.read(CsvTable.write(records))).isEqualTo(records);
  }

  @Test
  void namesPeopleByFirstNameAndInitial() {
    assertThat(new Person("C-1", "J-1", "hvac", "Ægir", "Þórsson", "Denver").shown())
        .isEqualTo("Ægir Þ. (Denver)");
    assertThat(new Person("C-1", "J-1", "hvac", "", "", "").shown()).isEqualTo("C-1");
  }

  private static DemoJobs prepare(String rows) {
    return DemoJobs.prepare(HEADER + rows, "r1", NOW, DENVER);
  }

  private static List<String> column(DemoJobs jobs, int column) {
    return CsvTable.read(jobs.csv()).stream().skip(1).map(row -> row.get(column)).toList();
  }
}
