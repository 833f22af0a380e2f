package dev.aftertouch.dispatch.erasing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.Gate;
import dev.aftertouch.facts.CustomerChanged;
import dev.aftertouch.facts.CustomerDataErased;
import dev.aftertouch.facts.CustomerErased;
import dev.aftertouch.facts.CustomerFact;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.local.testing.Traces;
import dev.aftertouch.service.kafka.Outgoing;
import dev.aftertouch.service.kafka.Publisher;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ErasingTest extends DispatchGround {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Autowired private Gate gate;
  @Autowired private Publisher publisher;
  @Autowired private KafkaListenerEndpointRegistry listeners;

  private final UUID customer = UUID.randomUUID();
  private final String name = "Zelda" + customer.toString().substring(0, 8);
  private final String email = name.toLowerCase(java.util.Locale.ROOT) + "@mail.example";
  private final String phone = Fixture.randomPhone();
  private Fixture business;

  @BeforeEach
  void aCustomer() {
    business = business();
    business.customer(customer, email, phone, Fixture.DENVER, name);
    Objects.requireNonNull(listeners.getListenerContainer("dispatch-customers")).start();
  }

  @AfterEach
  void stopListening() {
    Objects.requireNonNull(listeners.getListenerContainer("dispatch-customers")).stop();
  }

  @Test
  void leavesNoTraceOfTheCustomerAndSaysSo() throws SQLException {
    live();
    assertThat(traces()).isNotEmpty();

    erase(2);

    assertThat(traces()).isEmpty();
    CustomerDataErased part = part();
    assertThat(part.getService()).isEqualTo("dispatch-service");
    assertThat(part.getCounts())
        .containsEntry("messages", 2L)
        .containsEntry("touches", 2L)
        .containsEntry("feedback", 1L)
        .containsEntry("reviews", 1L)
        .containsEntry("link_hits", 1L)
        .containsEntry("suppressed_addresses", 2L);
    assertThat(part.getCounts().get("webhooks")).isPositive();
  }

  @Test
  void sendsNothingAfterTheErasureAndForgetsNoStop() {
    text("STOP");
    erase(2);
    TouchDue late = business.mail(customer);
    UUID anew = UUID.randomUUID();
    business.customer(anew, email, phone, Fixture.DENVER, name);
    TouchDue stopped = business.text(anew);

    gate.dispatch(List.of(late, stopped));

    assertThat(stateOf(business.id, late.getTouchId())).isEqualTo("skipped/customer_unknown");
    assertThat(stateOf(business.id, stopped.getTouchId())).isEqualTo("skipped/suppressed");
  }

  @Test
  void takesADoubtThatNobodyReadForAnOptOutAndHoldsNothingElse() {
    text("Not interested");
    erase(2);
    UUID sameNumber = UUID.randomUUID();
    UUID sameMail = UUID.randomUUID();
    business.customer(sameNumber, "other-" + email, phone, Fixture.DENVER, "Bo");
    business.customer(sameMail, email, null, Fixture.DENVER, "Cy");
    TouchDue text = business.text(sameNumber);
    TouchDue mail = business.mail(sameMail);

    gate.dispatch(List.of(text, mail));

    assertThat(stateOf(business.id, text.getTouchId())).isEqualTo("skipped/suppressed");
    assertThat(stateOf(business.id, mail.getTouchId())).isEqualTo("accepted/accepted");
  }

  @Test
  void leavesWhatIsClaimedUntilItHasEnded() {
    TouchDue claimed = business.mail(customer);
    TouchDue ended = business.text(customer);
    gate.dispatch(List.of(claimed, ended));
    set(claimed, "state = 'claimed', provider_message_id = NULL");

    tell(2, new CustomerErased(null));
    await().until(() -> payload(ended) == 0);

    assertThat(payload(claimed)).isPositive();
    assertThat(parts()).isEmpty();
    set(claimed, "state = 'accepted'");
    await().atMost(Duration.ofSeconds(20)).until(() -> payload(claimed) == 0);
    await().until(() -> parts().size() == 1);
  }

  @Test
  void emptiesAlsoWhatTheProviderDidNotTakeAtFirst() {
    TouchDue mail = business.mail(customer);
    fault("resend", "too_many_requests", 1);
    gate.dispatch(List.of(mail));
    gate.dispatch(List.of(business.again(mail, NOON)));
    assertThat(stateOf(business.id, mail.getTouchId())).isEqualTo("accepted/accepted");

    erase(2);

    assertThat(part().getCounts()).containsEntry("messages", 2L);
  }

  @Test
  void leavesTheMessagesOfOthersThatWereFrozenWithIt() {
    TouchDue mine = business.mail(customer);
    TouchDue others = business.mail(business.customer());
    gate.dispatch(List.of(mine, others));

    erase(2);

    assertThat(payload(mine)).isZero();
    assertThat(payload(others)).isPositive();
  }

  @Test
  void isNotUndoneByFactsThatAreReadAgain() throws SQLException {
    live();
    erase(3);

    tell(2, changed());
    tell(4, changed());
    UUID other = UUID.randomUUID();
    publisher.publishAndAwait(List.of(fact(other, 1, changedOf("Other", null, null))));
    await().until(() -> count("recipients WHERE customer_id = '" + other + "'") == 1);

    assertThat(traces()).isEmpty();
    tell(3, new CustomerErased(null));
    assertThat(parts()).hasSize(1);
  }

  /** A crash before the commit may have published the revision that the erasure then has. */
  @Test
  void isTheLastWordWhateverItsRevision() throws SQLException {
    tell(2, changed());
    await()
        .until(
            () -> count("recipients WHERE revision = 2 AND customer_id = '" + customer + "'") == 1);

    erase(2);

    assertThat(traces()).isEmpty();
  }

  @Test
  void leavesAnotherCustomerOfTheSameNumberWhatIsHis() {
    business.customer(UUID.randomUUID(), null, phone, Fixture.DENVER, "Bo");
    text("STOP");

    erase(2);

    assertThat(count("suppressions WHERE address = '" + phone + "'")).isEqualTo(1);
  }

  @Test
  void tellsOwnerAndStaffAllThatIsKept() {
    live();
    String path = "/api/messages/customers/" + customer + "/data";

    JsonNode data = JSON.readTree(api("GET", path, business.id, "staff", null).body());

    assertThat(data.path("recipient").path("email").asString()).isEqualTo(email);
    assertThat(data.path("messages").size()).isEqualTo(2);
    assertThat(data.path("messages").toString()).contains("Hello " + name);
    assertThat(data.path("feedback").toString()).contains("I am " + name);
    assertThat(data.path("reviews").toString()).contains("Not interested, " + name);
    assertThat(data.path("suppressions").size()).isEqualTo(2);
    assertThat(data.path("link_hits").toString()).contains("Browser of " + name);
    assertThat(api("GET", path, business.id, "analyst", null).statusCode()).isEqualTo(403);
    assertThat(api("GET", path, business().id, "owner", null).statusCode()).isEqualTo(404);
  }

  /** A mail and a text, a doubt, a click, feedback. */
  private void live() {
    TouchDue mail = business.mail(customer);
    TouchDue text = business.text(customer);
    gate.dispatch(List.of(mail, text));
    text("Not interested, " + name);
    tenancy.asWorker(
        () -> {
          jdbc.sql(
                  """
                  INSERT INTO feedback (business_id, attempt_id, enrollment_id, customer_id, comment, submitted_at)
                  SELECT business_id, attempt_id, enrollment_id, customer_id, :comment, now() FROM touches
                  WHERE business_id = :business AND channel = 'email'
                  """)
              .param("comment", "I am " + name)
              .param("business", business.id)
              .update();
          jdbc.sql(
                  """
                  INSERT INTO link_hits (business_id, attempt_id, link, hit_at, method, user_agent, verdict, reasons)
                  SELECT business_id, attempt_id, 0, now(), 'GET', :agent, 'bot', '' FROM touches
                  WHERE business_id = :business AND channel = 'email'
                  """)
              .param("agent", "Browser of " + name)
              .param("business", business.id)
              .update();
        });
  }

  private void text(String body) {
    String json =
        JSON.writeValueAsString(Map.of("from", phone, "to", business.phone, "body", body));
    assertThat(sandbox("POST", "/sandbox/inbound", json).statusCode()).isBetween(200, 299);
    await()
        .until(
            () ->
                count(
                        "webhook_inbox WHERE processed_at IS NOT NULL AND kind = 'twilio_inbound'"
                            + " AND position('"
                            + phone.substring(1)
                            + "'::bytea IN body) > 0")
                    > 0);
  }

  private void erase(long revision) {
    tell(revision, new CustomerErased("requested_by_customer"));
    await().atMost(Duration.ofSeconds(20)).until(() -> parts().size() == 1);
  }

  private CustomerChanged changed() {
    return changedOf(name, email, phone);
  }

  private static CustomerChanged changedOf(
      String name, @Nullable String email, @Nullable String phone) {
    return new CustomerChanged(
        "c-1", name, null, email, phone, List.of(Fixture.DENVER), "address", null, Map.of());
  }

  private void tell(long revision, Object what) {
    publisher.publishAndAwait(List.of(fact(customer, revision, what)));
  }

  private Outgoing fact(UUID whom, long revision, Object what) {
    return Outgoing.of(
        Topics.CUSTOMERS,
        customer.toString(),
        new CustomerFact(business.id, whom, revision, NOON, what));
  }

  private CustomerDataErased part() {
    return parts().getFirst();
  }

  private List<CustomerDataErased> parts() {
    return read(Topics.ERASURES).stream()
        .map(CustomerDataErased.class::cast)
        .filter(part -> part.getCustomerId().equals(customer))
        .toList();
  }

  private List<String> traces() throws SQLException {
    Traces traces = new Traces(DATABASE.url(), "postgres", REAL.superuserPassword());
    return java.util.stream.Stream.of(
            traces.of(name), traces.of(email), traces.of(phone.substring(1)))
        .flatMap(List::stream)
        .toList();
  }

  private void set(TouchDue touch, String columns) {
    tenancy.asWorker(
        () ->
            jdbc.sql("UPDATE touches SET " + columns + " WHERE touch_id = :touch")
                .param("touch", touch.getTouchId())
                .update());
  }

  private int payload(TouchDue touch) {
    return Objects.requireNonNull(frozenOf(touch.getBusinessId()).get(touch.getTouchId())).length();
  }

  private int count(String where) {
    return tenancy.asWorker(
        () -> jdbc.sql("SELECT count(*) FROM " + where).query(Integer.class).single());
  }
}
