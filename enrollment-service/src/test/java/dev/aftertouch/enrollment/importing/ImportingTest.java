package dev.aftertouch.enrollment.importing;

import static dev.aftertouch.enrollment.World.TEXT_THEN_EMAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aftertouch.enrollment.Ground;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ImportingTest extends Ground {
  private static final String HEADER =
      "job_id,service_type,completed_at,customer_id,first_name,email,phone,value,enroll\n";

  @BeforeEach
  void startOfTheClock() {
    clock.set(START);
  }

  @Test
  void takesAJobOverHttpToItsEnrollment() {
    UUID business = world.business();
    world.campaign(business, TEXT_THEN_EMAIL);
    String job =
        """
        {"job_id": "J-1", "service_type": "hvac", "completed_at": "2026-03-02T14:00:00Z", "value": 129.5,
         "customer": {"external_id": "C-1", "first_name": "Jürgen", "email": "J@Example.com",
                      "address": {"state": "FL"}, "custom_fields": {"unit": "3b"}}}
        """;

    Answer answer = post(business, "staff", "/api/jobs", job);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().at("/accepted").asInt()).isEqualTo(1);
    await().until(() -> world.count("enrollments", business) == 1);
    JsonNode customer =
        get(business, "analyst", "/api/customers?external_id=C-1").json().at("/items/0");
    assertThat(customer.at("/email").asString()).isEqualTo("j@example.com");
    assertThat(customer.at("/region").asString()).isEqualTo("US-FL");
    assertThat(customer.at("/time_zones").size()).isEqualTo(2);

    post(business, "staff", "/api/jobs", "{\"type\": \"job_cancelled\", \"job_id\": \"J-1\"}");
    await()
        .until(
            () ->
                text(business, "SELECT stop_reason FROM enrollments WHERE business_id = :business")
                    .equals("job_cancelled"));
  }

  @Test
  void namesEveryFieldThatIsWrongAndTakesNothing() {
    UUID business = world.business();

    Answer answer =
        post(
            business,
            "owner",
            "/api/jobs",
            """
            [{"job_id": "J-1", "service_type": "hvac", "completed_at": "2026-03-02T14:00:00Z", "customer": {"external_id": "C-1"}},
             {"service_type": "hvac"},
             {"job_id": "J-2", "service_type": "hvac", "completed_at": "yesterday", "customer": {"external_id": "C-1"}},
             {"job_id": "J-3", "service_type": "hvac", "completed_at": "2026-03-02T14:00:00Z",
              "customer": {"external_id": "C-1", "first_name": "%s"}},
             7]
            """
                .formatted("x".repeat(1_000_000)));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(
            answer
                .json()
                .at("/errors")
                .valueStream()
                .map(e -> e.at("/field").asString() + " " + e.at("/code").asString()))
        .containsExactly(
            "[1].job_id missing",
            "[2].completed_at malformed",
            "[3].customer.first_name too_long",
            "[4]. malformed");
    assertThat(world.count("jobs", business)).isZero();
    assertThat(post(business, "analyst", "/api/jobs", "{}").status()).isEqualTo(403);
    assertThat(post(business, "owner", "/api/jobs", "{").status()).isEqualTo(400);
  }

  @Test
  void saysInADryRunWhatWouldHappenAndDoesNothing() {
    UUID business = world.business();
    world.campaign(business, TEXT_THEN_EMAIL);
    String csv =
        HEADER
            + "J-1,hvac,2026-03-02T14:00:00Z,C-1,\"Jürgen \"\"Jo\"\"\",jo@example.com,,100.50,\n"
            + "J-2,hvac,2026-03-01,C-2,\"line\nbreak, comma\",,+13035550123,,no\n"
            + "J-3,hvac,2025-03-01,C-3,Old,old@example.com,,,\n"
            + "J-4,gardening,2026-03-01,C-4,Bo,bo@example.com,,,\n"
            + ",hvac,gestern,C-5,,,,ten,maybe\n"
            + "J-1,hvac,2026-03-01,C-6,,six@example.com,,,\n"
            + "J-7,hvac,2026-03-01,C-7,,,,,,surplus\n";

    Answer answer = importCsv(business, csv, true);

    assertThat(answer.status()).isEqualTo(200);
    JsonNode report = answer.json();
    assertThat(
            List.of("rows", "published", "followed_up", "too_old").stream()
                .map(f -> report.at("/" + f).asInt()))
        .containsExactly(7, 4, 2, 1);
    assertThat(lines(report, "/errors"))
        .containsExactly(
            "7 job_id missing",
            "7 completed_at malformed",
            "7 value malformed",
            "7 enroll malformed",
            "8 job_id duplicate",
            "9  too_many_cells");
    assertThat(lines(report, "/notes"))
        .containsExactly("5 completed_at too_old", "6 service_type unknown_service_type");
    assertThat(world.count("jobs", business)).isZero();
  }

  @Test
  void importsToTheTopicOfTheJobSystemsAndAgainWithoutChange() {
    UUID business = world.business();
    world.campaign(business, TEXT_THEN_EMAIL);
    String csv =
        "\uFEFFjob_id;service_type;completed_at;customer_id;first_name;email;custom.unit\r\n"
            + "J-1;hvac;2026-03-02 09:00;C-1;Zoë;zoe@example.com;3b\r\n"
            + "J-2;hvac;2025-03-01;C-2;Old;old@example.com;\r\n";

    assertThat(importCsv(business, csv, false).status()).isEqualTo(202);
    assertThat(importCsv(business, csv, false).status()).isEqualTo(202);
    await().until(() -> world.count("refusals", business) == 1);

    assertThat(
            text(
                business,
                "SELECT first_name || ' ' || (custom_fields ->> 'unit') FROM customers WHERE business_id = :business AND external_id = 'C-1'"))
        .isEqualTo("Zoë 3b");
    assertThat(
            text(
                business,
                "SELECT to_char(anchor AT TIME ZONE 'UTC', 'HH24:MI') || ' ' || source FROM enrollments WHERE business_id = :business"))
        .isEqualTo("14:00 bulk_import");
    assertThat(
            text(
                business,
                "SELECT job_id || ' ' || reason FROM refusals WHERE business_id = :business"))
        .isEqualTo("J-2 not_wanted");
  }

  @Test
  void takesAnUploadedFile() {
    UUID business = world.business();
    String upload =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"jobs.csv\"\r\nContent-Type: text/csv\r\n\r\n"
            + HEADER
            + "J-1,hvac,2026-03-02,C-1,Ada,ada@example.com,,,\r\n--b--\r\n";

    Answer answer =
        post(
            business,
            "owner",
            "/api/jobs/import?dry_run=true",
            "multipart/form-data; boundary=b",
            upload.getBytes(StandardCharsets.UTF_8));

    assertThat(answer.json().at("/published").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'id,service'                                            | wrong_header  | 'The header lacks job_id, service_type, completed_at, customer_id.'
          'job_id,service_type,completed_at,customer_id,colour'   | wrong_header  | 'unknown columns colour'
          'job_id,service_type,completed_at,customer_id,job_id'   | wrong_header  | 'names a column twice'
          ' '                                                     | empty_file    | 'Expected are job_id'
          """)
  void refusesAFileWhoseHeaderIsWrongAndNamesTheExpectedOne(String csv, String code, String words) {
    Answer answer = importCsv(world.business(), csv + "\n", true);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/type").asString()).isEqualTo("urn:aftertouch:problem:" + code);
    assertThat(answer.json().at("/detail").asString())
        .contains(words, "Expected are job_id, service_type");
  }

  @Test
  void refusesAFileThatIsNotUtf8AndAnUnclosedQuote() {
    UUID business = world.business();
    byte[] latin =
        (HEADER + "J-1,hvac,2026-03-02,C-1,Jürgen,,,,\n").getBytes(StandardCharsets.ISO_8859_1);

    assertThat(post(business, "owner", "/api/jobs/import?dry_run=true", "text/csv", latin).body())
        .contains("not_utf8");
    assertThat(importCsv(business, HEADER + "J-1,\"hvac", true).body()).contains("malformed_csv");
  }

  private Answer importCsv(UUID business, String csv, boolean dryRun) {
    return post(
        business,
        "owner",
        "/api/jobs/import?dry_run=" + dryRun,
        "text/csv",
        csv.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> lines(JsonNode report, String pointer) {
    return report
        .at(pointer)
        .valueStream()
        .map(
            note ->
                note.at("/line").asInt()
                    + " "
                    + note.at("/field").asString()
                    + " "
                    + note.at("/code").asString())
        .toList();
  }
}
