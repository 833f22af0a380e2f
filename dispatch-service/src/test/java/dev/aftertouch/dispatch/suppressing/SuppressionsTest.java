package dev.aftertouch.dispatch.suppressing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.Gate;
import dev.aftertouch.dispatch.suppressing.RecordStops.Cause;
import dev.aftertouch.facts.TouchDue;
import java.net.http.HttpResponse;
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
