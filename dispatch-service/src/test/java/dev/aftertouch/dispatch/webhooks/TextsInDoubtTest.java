package dev.aftertouch.dispatch.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.Gate;
import dev.aftertouch.facts.TouchDue;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TextsInDoubtTest extends DispatchGround {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Autowired private Gate gate;
  private Fixture business;
  private UUID customer;
  private String phone;

  @BeforeEach
  void aCustomer() {
    business = business();
    customer = UUID.randomUUID();
    phone = Fixture.randomPhone();
    business.customer(customer, "ann@mail.example", phone, Fixture.DENVER, "Ann");
  }

  @Test
  void waitsOnBothChannelsUntilSomebodySaysGoOn() {
    WebhooksTest.text(phone, business.phone, "Not interested");

    TouchDue mail = business.mail(customer);
    TouchDue text = business.text(customer);
    gate.dispatch(List.of(mail, text));
    assertThat(stateOf(business.id, mail.getTouchId())).isEqualTo("deferred/in_review");
    assertThat(stateOf(business.id, text.getTouchId())).isEqualTo("deferred/in_review");

    clock().advance(Duration.ofMinutes(15));
    assertThat(decide(open().getFirst(), "go_on", "staff")).isEqualTo(204);
    gate.dispatch(
        List.of(business.again(mail, clock().instant()), business.again(text, clock().instant())));

    assertThat(stateOf(business.id, mail.getTouchId())).isEqualTo("accepted/accepted");
    assertThat(stateOf(business.id, text.getTouchId())).isEqualTo("accepted/accepted");
    assertThat(open()).isEmpty();
    JsonNode decided = reviews("owner", "?open=false").getFirst();
    assertThat(decided.path("decision").asString()).isEqualTo("go_on");
    assertThat(decided.path("decided_by").asString()).isNotBlank();
    assertThat(decided.path("decided_at").asString()).isEqualTo(clock().instant().toString());
  }

  @Test
  void isAnOptOutWhenSomebodySaysSo() {
    TouchDue earlier = business.mail(customer);
    gate.dispatch(List.of(earlier));
    WebhooksTest.text(phone, business.phone, "How did you get my number?");

    assertThat(decide(open().getFirst(), "opt_out", "owner")).isEqualTo(204);

    TouchDue text = business.text(customer);
    TouchDue rest = business.due(customer, earlier.getEnrollmentId(), "text", 0, clock().instant());
    gate.dispatch(List.of(text, rest));
    assertThat(stateOf(business.id, text.getTouchId())).isEqualTo("skipped/suppressed");
    assertThat(stateOf(business.id, rest.getTouchId())).isEqualTo("skipped/enrollment_stopped");
  }

  @Test
  void waitsWhileAnotherTextOfTheSameNumberIsOpen() {
    WebhooksTest.text(phone, business.phone, "Not interested");
    clock().advance(Duration.ofMinutes(1));
    WebhooksTest.text(phone, business.phone, "too many texts");
    List<JsonNode> open = open();

    decide(open.get(0), "go_on", "staff");
    TouchDue text = business.text(customer);
    gate.dispatch(List.of(text));
    assertThat(stateOf(business.id, text.getTouchId())).isEqualTo("deferred/in_review");

    decide(open.get(1), "go_on", "staff");
    clock().advance(Duration.ofMinutes(15));
    gate.dispatch(List.of(business.again(text, clock().instant())));
    assertThat(stateOf(business.id, text.getTouchId())).isEqualTo("accepted/accepted");
  }

  @Test
  void aStopWinsOverTheHoldAndOverGoingOn() {
    WebhooksTest.text(phone, business.phone, "Not interested");
    WebhooksTest.text(phone, business.phone, "please stop texting me");
    decide(open().getFirst(), "go_on", "staff");

    TouchDue text = business.text(customer);
    gate.dispatch(List.of(text));
    assertThat(stateOf(business.id, text.getTouchId())).isEqualTo("skipped/suppressed");
  }

  @Test
  void isDecidedOnceByOwnerOrStaffOfItsBusiness() {
    WebhooksTest.text(phone, business.phone, "Not interested");
    JsonNode review = open().getFirst();

    assertThat(decide(review, "perhaps", "owner")).isEqualTo(422);
    assertThat(decide(review, "go_on", "analyst")).isEqualTo(403);
    String path = "/api/reviews/" + review.path("id").asString();
    assertThat(api("POST", path, business().id, "owner", "{\"decision\":\"go_on\"}").statusCode())
        .isEqualTo(404);
    assertThat(reviews("analyst", "").getFirst().hasNonNull("text")).isFalse();
    assertThat(decide(review, "go_on", "staff")).isEqualTo(204);
    assertThat(decide(review, "opt_out", "owner")).isEqualTo(409);
  }

  @Test
  void anOptOutThatTwilioDoesNotKnowIsConfirmedOnceWithoutMarketing() {
    String first = WebhooksTest.text(phone, business.phone, "please stop texting me").body();
    String second = WebhooksTest.text(phone, business.phone, "leave me alone").body();

    assertThat(first).contains("<Message>Summit Home Services: you are unsubscribed");
    assertThat(second).doesNotContain("<Message>");
    String other = Fixture.randomPhone();
    assertThat(WebhooksTest.text(other, business.phone, "STOP").body()).doesNotContain("<Message>");
  }

  private List<JsonNode> open() {
    return reviews("owner", "");
  }

  private List<JsonNode> reviews(String role, String query) {
    return JSON.readTree(api("GET", "/api/reviews" + query, business.id, role, null).body())
        .path("reviews")
        .valueStream()
        .toList();
  }

  private int decide(JsonNode review, String decision, String role) {
    return api(
            "POST",
            "/api/reviews/" + review.path("id").asString(),
            business.id,
            role,
            "{\"decision\":\"" + decision + "\"}")
        .statusCode();
  }
}
