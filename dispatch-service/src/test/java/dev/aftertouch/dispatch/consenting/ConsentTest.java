package dev.aftertouch.dispatch.consenting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.suppressing.Address;
import dev.aftertouch.dispatch.suppressing.RecordStops;
import dev.aftertouch.dispatch.suppressing.RecordStops.Cause;
import dev.aftertouch.dispatch.suppressing.SuppressionReason;
import dev.aftertouch.engine.journey.StopReason;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConsentTest extends DispatchGround {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Autowired private RecordStops stops;

  @Test
  void eachChangeOfASuppressionIsAnEntryAndARepeatIsNone() {
    UUID business = business().id;
    Address ann = Address.email(business, "ann@mail.example");

    stop(ann, SuppressionReason.OPTED_OUT, "page");
    stop(ann, SuppressionReason.OPTED_OUT, "page");
    clock().advance(Duration.ofMinutes(1));
    tenancy.asWorker(() -> stops.lift(ann, cause("undo")));
    tenancy.asWorker(() -> stops.lift(ann, cause("undo")));
    clock().advance(Duration.ofMinutes(1));
    stop(ann, SuppressionReason.BOUNCED, "resend");
    tenancy.asWorker(() -> stops.hold(Address.phone(business, "+17205550100"), cause("doubt")));
    tenancy.asWorker(() -> stops.release(business, "doubt", cause("review")));

    assertThat(texts(get("/export", business), "kind", "basis", "source"))
        .containsExactly(
            "withdrawn opted_out page",
            "reopened opted_out undo",
            "unreachable bounced resend",
            "held in_review doubt",
            "released in_review review");
    assertThat(get("/verify", business)).contains("\"intact\":true", "\"entries\":5");
  }

  @Test
  void aHistoryIsToldInWordsByAddressAndByCustomer() {
    Fixture business = business();
    UUID customer =
        business.customer(
            UUID.randomUUID(), "ann@mail.example", "+13035550123", Fixture.DENVER, "Ann");
    post("/api/suppressions", business.id, "{\"channel\":\"sms\",\"address\":\"(303) 555-0123\"}");

    assertThat(get("?channel=sms&address=303-555-0123", business.id))
        .contains("Opted out of all texts, by recorded by staff.", "\"reason\":\"manual\"");
    JsonNode both = JSON.readTree(get("?customer=" + customer, business.id)).path("addresses");
    assertThat(both).hasSize(2);
    assertThat(both.get(0).path("entries")).isEmpty();
    assertThat(both.get(1).path("entries")).hasSize(1);
    assertThat(api("GET", "/api/consent?customer=" + customer, business().id, "owner", null))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(404);
    assertThat(get("?channel=sms&address=303-555-0123", business().id)).contains("\"entries\":[]");
    assertThat(
            api("GET", "/api/consent?address=a@b.example", business.id, "analyst", null)
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void aGrantIsKeptWithItsProofAndReopensNothing() {
    UUID business = business().id;
    stop(Address.email(business, "ann@mail.example"), SuppressionReason.OPTED_OUT, "page");

    HttpResponse<String> answer =
        post(
            "/api/consent",
            business,
            """
            {"channel":"email","address":"Ann@Mail.example","purpose":"newsletter","kind":"express","source":"web_form",
             "wording_version":"2026-05","ip":"203.0.113.7","granted_at":"2026-06-01T00:00:00Z","expires_at":"2028-06-01T00:00:00Z"}
            """);

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body())
        .contains(
            "Gave express consent to newsletter e-mails, until 2028-06-01T00:00:00Z, by web form.",
            "\"wording_version\":\"2026-05\"",
            "\"ip\":\"203.0.113.7\"",
            "\"still_against\":\"opted_out\"");
    assertThat(get("/verify", business)).contains("\"intact\":true");
  }

  @Test
  void refusesAGrantWithTheFieldAndWhatToDo() {
    UUID business = business().id;
    String right =
        "{\"channel\":\"email\",\"address\":\"ann@mail.example\",\"kind\":\"express\",\"source\":\"web_form\"";

    assertThat(post("/api/consent", business, right.replace("express", "vague") + "}").body())
        .contains("\"field\":\"kind\"");
    assertThat(post("/api/consent", business, right.replace("web_form", " ") + "}").body())
        .contains("\"field\":\"source\"");
    assertThat(post("/api/consent", business, right + ",\"purpose\":\"fun\"}").body())
        .contains("\"field\":\"purpose\"");
    assertThat(post("/api/consent", business, right + ",\"ip\":\"here\"}").body())
        .contains("\"field\":\"ip\"");
    assertThat(
            post("/api/consent", business, right + ",\"granted_at\":\"2030-01-01T00:00:00Z\"}")
                .body())
        .contains("\"field\":\"granted_at\"");
    assertThat(
            post("/api/consent", business, right + ",\"expires_at\":\"2020-01-01T00:00:00Z\"}")
                .body())
        .contains("\"field\":\"expires_at\"");
    assertThat(post("/api/consent", business, right + "}").statusCode()).isEqualTo(201);
  }

  @Test
  void stopsOfOneBusinessAtTheSameTimeLeaveNoGap() throws Exception {
    UUID business = business().id;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Address phone = Address.phone(business, "+1720555" + String.format("%04d", i % 100));
        Address mail = Address.email(business, "c" + i % 100 + "@mail.example");
        boolean forwards = i % 2 == 0;
        running.add(
            threads.submit(
                () ->
                    tenancy.asWorker(
                        () -> {
                          for (Address address :
                              forwards ? List.of(phone, mail) : List.of(mail, phone)) {
                            stops.suppress(
                                address,
                                SuppressionReason.OPTED_OUT,
                                StopReason.OPTED_OUT_SMS,
                                null,
                                cause("race"));
                          }
                        })));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }

    assertThat(texts(get("/export", business), "number"))
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, 200).mapToObj(Long::toString).toList());
    assertThat(get("/verify", business)).contains("\"intact\":true", "\"entries\":200");
  }

  @Test
  void whatIsTamperedWithInTheDatabaseIsFoundAtItsNumber() throws SQLException {
    Map<String, Integer> tamperings =
        Map.of(
            "UPDATE consent_ledger SET at = at - interval '1 day' WHERE number = 3 AND business_id = ",
            3,
            "UPDATE consent_ledger SET evidence = '{}' WHERE number = 3 AND business_id = ",
            3,
            "DELETE FROM consent_ledger WHERE number = 3 AND business_id = ",
            3,
            """
            UPDATE consent_ledger l SET address_key = o.address_key, previous_hash = o.previous_hash, hash = o.hash
            FROM consent_ledger o
            WHERE l.number IN (3, 4) AND o.number = 7 - l.number AND o.business_id = l.business_id AND l.business_id =
            """,
            3,
            "DELETE FROM consent_ledger WHERE number > 2 AND business_id = ",
            3,
            """
            INSERT INTO consent_ledger
            SELECT business_id, 6, at, address_key, channel, purpose, 'reopened', basis, source, evidence, expires_at, hash, hash
            FROM consent_ledger WHERE number = 5 AND business_id =
            """,
            6);
    for (Map.Entry<String, Integer> tampering : tamperings.entrySet()) {
      UUID business = business().id;
      for (int i = 0; i < 5; i++) {
        stop(Address.email(business, i + "@mail.example"), SuppressionReason.OPTED_OUT, "page");
      }

      asSuperuser(tampering.getKey(), business);

      assertThat(get("/verify", business))
          .as(tampering.getKey())
          .contains("\"intact\":false", "\"first_broken\":" + tampering.getValue());
    }
  }

  @Test
  void nobodyMayChangeOrRemoveAnEntry() throws SQLException {
    UUID business = business().id;
    stop(Address.email(business, "ann@mail.example"), SuppressionReason.OPTED_OUT, "page");

    for (String verb :
        List.of(
            "UPDATE consent_ledger SET source = 'x'",
            "DELETE FROM consent_ledger",
            "TRUNCATE consent_ledger")) {
      assertThatThrownBy(() -> tenancy.asWorker(() -> jdbc.sql(verb).update()))
          .as(verb)
          .hasRootCauseMessage("ERROR: permission denied for table consent_ledger");
      assertThatThrownBy(() -> tenancy.asBusiness(business, () -> jdbc.sql(verb).update()))
          .as(verb)
          .hasRootCauseMessage("ERROR: permission denied for table consent_ledger");
    }
    assertThat(
            tenancy.asWorker(
                () ->
                    jdbc.sql(
                            """
                            SELECT DISTINCT grantee || ' ' || privilege_type FROM information_schema.table_privileges
                            WHERE table_name = 'consent_ledger' AND privilege_type NOT IN ('SELECT', 'INSERT')
                              AND grantee <> :owner
                            """)
                        .param("owner", DATABASE.owner().user())
                        .query(String.class)
                        .list()))
        .isEmpty();
    assertThat(get("/verify", business)).contains("\"intact\":true", "\"entries\":1");
  }

  private void stop(Address address, SuppressionReason why, String source) {
    tenancy.asWorker(
        () -> stops.suppress(address, why, StopReason.OPTED_OUT_EMAIL, null, cause(source)));
  }

  private static Cause cause(String source) {
    return new Cause(source + "/1", source, clock().instant());
  }

  private static String get(String path, UUID business) {
    HttpResponse<String> answer = api("GET", "/api/consent" + path, business, "owner", null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static HttpResponse<String> post(String path, UUID business, String body) {
    return api("POST", path, business, "staff", body);
  }

  private static List<String> texts(String export, String... fields) {
    return export
        .lines()
        .skip(1)
        .map(JSON::readTree)
        .map(
            line ->
                List.of(fields).stream()
                    .map(field -> line.path(field).asString())
                    .reduce((a, b) -> a + " " + b)
                    .orElseThrow())
        .toList();
  }

  private static void asSuperuser(String statement, UUID business) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(DATABASE.url(), "postgres", REAL.superuserPassword());
        Statement sql = connection.createStatement()) {
      sql.execute(statement + "'" + business + "'");
    }
  }
}
