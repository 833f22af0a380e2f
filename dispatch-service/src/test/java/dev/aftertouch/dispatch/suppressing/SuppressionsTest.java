package dev.aftertouch.dispatch.suppressing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.Gate;
import dev.aftertouch.dispatch.suppressing.RecordStops.Cause;
import dev.aftertouch.engine.definition.Purpose;
import dev.aftertouch.facts.TouchDue;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SuppressionsTest extends DispatchGround {
  @Autowired private Gate gate;
  @Autowired private Suppressions suppressions;

  @Test
  void anOptOutByPhoneIsRecordedByStaffAndHolds() {
    Fixture business = business();
    UUID customer = UUID.randomUUID();
    business.customer(customer, "Ann@Mail.Example", "+13035550123", Fixture.DENVER, "Ann");

    HttpResponse<String> answer =
        api(
            "POST",
            "/api/suppressions",
            business.id,
            "staff",
            "{\"channel\":\"sms\",\"address\":\"(303) 555-0123\"}");

    assertThat(answer.statusCode()).isEqualTo(201);
    TouchDue touch = business.text(customer);
    gate.dispatch(List.of(touch));
    assertThat(stateOf(business.id, touch.getTouchId())).isEqualTo("skipped/suppressed");
    assertThat(api("GET", "/api/suppressions", business.id, "owner", null).body())
        .contains("+13035550123", "manual");
    assertThat(api("GET", "/api/suppressions", business.id, "analyst", null).body())
        .contains("manual")
        .doesNotContain("+13035550123");
    assertThat(api("GET", "/api/suppressions", business().id, "owner", null).body())
        .doesNotContain("+13035550123");
  }

  @Test
  void anOptOutOfOnePurposeLeavesTheOthersAndOneOfAllLeavesNone() {
    Fixture business = business();
    UUID customer = UUID.randomUUID();
    business.customer(customer, "ann@mail.example", "+13035550123", Fixture.DENVER, "Ann");
    UUID appeal = business.campaign(Purpose.FUNDRAISING);
    String body = "{\"channel\":\"email\",\"address\":\"ann@mail.example\"%s}";

    HttpResponse<String> one =
        api(
            "POST",
            "/api/suppressions",
            business.id,
            "staff",
            body.formatted(",\"purpose\":\"fundraising\",\"note\":\"Called today\""));

    assertThat(one.statusCode()).isEqualTo(201);
    assertThat(one.body()).contains("\"purpose\":\"fundraising\"");
    assertThat(stateAfterTheGate(business, business.mail(appeal, customer)))
        .isEqualTo("skipped/suppressed");
    assertThat(stateAfterTheGate(business, business.mail(customer))).isEqualTo("accepted/accepted");
    api("POST", "/api/suppressions", business.id, "staff", body.formatted(""));
    for (Purpose purpose : Purpose.values()) {
      assertThat(stateAfterTheGate(business, business.mail(business.campaign(purpose), customer)))
          .isEqualTo("skipped/suppressed");
    }
  }

  @Test
  void staffLiftsOnTheRecipientsWordThatIsLaterThanTheStop() {
    Fixture business = business();
    UUID customer = UUID.randomUUID();
    business.customer(customer, "ann@mail.example", "+13035550123", Fixture.DENVER, "Ann");
    String address = "{\"channel\":\"email\",\"address\":\"ann@mail.example\"%s}";
    api("POST", "/api/suppressions", business.id, "staff", address.formatted(""));
    String word = ",\"evidence\":\"Called, wants the mails again\"";

    clock().advance(Duration.ofMinutes(1));
    assertThat(lift(business, address.formatted("")).body()).contains("\"field\":\"evidence\"");
    assertThat(
            lift(business, address.formatted(word + ",\"said_at\":\"" + NOON + "\"")).statusCode())
        .isEqualTo(409);
    assertThat(lift(business, address.formatted(word + ",\"purpose\":\"newsletter\"")).statusCode())
        .isEqualTo(409);
    assertThat(stateAfterTheGate(business, business.mail(customer)))
        .isEqualTo("skipped/suppressed");

    assertThat(lift(business, address.formatted(word)).statusCode()).isEqualTo(204);

    assertThat(stateAfterTheGate(business, business.mail(customer))).isEqualTo("accepted/accepted");
    assertThat(
            api("GET", "/api/consent?address=ann@mail.example", business.id, "owner", null).body())
        .contains("Opted in again to all e-mails", "Called, wants the mails again");
  }

  @Test
  void staffLiftsNoBounceNoComplaintNoBlockAndNoTextInDoubt() {
    UUID business = business().id;
    List<SuppressionReason> fixed =
        List.of(
            SuppressionReason.BOUNCED,
            SuppressionReason.COMPLAINED,
            SuppressionReason.BLOCKED_BY_PROVIDER,
            SuppressionReason.IN_REVIEW);
    for (SuppressionReason reason : fixed) {
      Address address = Address.email(business, reason.code() + "@mail.example");
      tenancy.asWorker(
          () -> suppressions.suppress(address, null, reason, at(NOON.minusSeconds(9))));

      String body =
          "{\"channel\":\"email\",\"address\":\"%s\",\"evidence\":\"Called\"}"
              .formatted(address.value());
      assertThat(api("POST", "/api/suppressions/lift", business, "staff", body).statusCode())
          .isEqualTo(409);
      assertThat(tenancy.asWorker(() -> suppressions.isSuppressed(address))).isTrue();
    }
  }

  private static HttpResponse<String> lift(Fixture business, String body) {
    return api("POST", "/api/suppressions/lift", business.id, "staff", body);
  }

  private String stateAfterTheGate(Fixture business, TouchDue touch) {
    gate.dispatch(List.of(touch));
    return stateOf(business.id, touch.getTouchId());
  }

  @Test
  void refusesWhatIsNoAddressAndWhoMayNot() {
    Fixture business = business();
    String body = "{\"channel\":\"email\",\"address\":\"nobody\"}";

    HttpResponse<String> answer = api("POST", "/api/suppressions", business.id, "staff", body);

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("not_an_email", "\"field\":\"address\"");
    assertThat(api("POST", "/api/suppressions", business.id, "analyst", body).statusCode())
        .isEqualTo(403);
  }

  @Test
  void ofAStopAndAReopeningTheLaterHoldsInWhateverOrderTheyCome() {
    Address address = Address.email(business().id, "Ann@Mail.example ");
    Instant stop = NOON.plusSeconds(10);

    tenancy.asWorker(
        () -> {
          suppressions.suppress(address, null, SuppressionReason.OPTED_OUT, at(stop));
          suppressions.lift(address, SuppressionReason::isLiftedByRecipient, at(NOON));
        });
    assertThat(tenancy.asWorker(() -> suppressions.isSuppressed(address))).isTrue();

    tenancy.asWorker(
        () -> {
          suppressions.lift(
              address, SuppressionReason::isLiftedByRecipient, at(stop.plusSeconds(1)));
          suppressions.suppress(address, null, SuppressionReason.OPTED_OUT, at(NOON));
        });
    assertThat(tenancy.asWorker(() -> suppressions.isSuppressed(address))).isFalse();

    tenancy.asWorker(
        () ->
            suppressions.suppress(
                address, null, SuppressionReason.OPTED_OUT, at(stop.plusSeconds(1))));
    assertThat(tenancy.asWorker(() -> suppressions.isSuppressed(address))).isTrue();
  }

  @Test
  void aBounceIsNotLiftedByTheRecipient() {
    Address address = Address.email(business().id, "gone@mail.example");

    tenancy.asWorker(
        () -> {
          suppressions.suppress(address, null, SuppressionReason.BOUNCED, at(NOON));
          suppressions.lift(
              address, SuppressionReason::isLiftedByRecipient, at(NOON.plusSeconds(60)));
        });

    assertThat(tenancy.asWorker(() -> suppressions.isSuppressed(address))).isTrue();
  }

  private static Cause at(Instant instant) {
    return new Cause("event", "test", instant);
  }
}
