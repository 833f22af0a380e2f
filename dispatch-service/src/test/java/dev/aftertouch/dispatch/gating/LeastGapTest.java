package dev.aftertouch.dispatch.gating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.facts.TouchDue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class LeastGapTest extends DispatchGround {
  private static final Duration DAY = Duration.ofHours(24);

  @Autowired private DispatchTouches dispatch;

  @Test
  void waitsOutTheGapAfterATouchOfTheOtherChannel() {
    Fixture business = business().minimumGap(DAY);
    UUID customer = business.customer();
    dispatch.dispatch(List.of(business.mail(customer)));
    clock().advance(Duration.ofHours(1));
    TouchDue text = business.text(customer);

    dispatch.dispatch(List.of(text));

    assertThat(stateOf(business.id, text.getTouchId())).isEqualTo("deferred/frequency_cap");
    Instant until = NOON.plus(DAY);
    assertThat(heldUntil(text)).isEqualTo(until);
    clock().set(until);

    dispatch.dispatch(List.of(business.again(text, until)));

    assertThat(stateOf(business.id, text.getTouchId())).isEqualTo("accepted/accepted");
  }

  @Test
  void sendsOneCustomerOneTouchOfABatch() {
    Fixture business = business().minimumGap(DAY);
    UUID customer = business.customer();
    UUID other = business.customer();

    dispatch.dispatch(
        List.of(
            business.mail(customer),
            business.text(customer),
            business.mail(customer),
            business.mail(other)));

    assertThat(states(business, customer))
        .containsExactly("accepted", "frequency_cap", "frequency_cap");
    assertThat(states(business, other)).containsExactly("accepted");
    assertThat(ledgerOf(business.id)).hasSize(2);
  }

  @Test
  void sendsOneTouchWhereSeveralGatesDecideAtOnce() throws Exception {
    Fixture business = business().minimumGap(DAY);
    for (int round = 0; round < 10; round++) {
      UUID customer = business.customer();
      List<Callable<Object>> gates = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        List<TouchDue> mail = List.of(business.mail(customer));
        List<TouchDue> text = List.of(business.text(customer));
        gates.add(Executors.callable(() -> dispatch.dispatch(mail)));
        gates.add(Executors.callable(() -> dispatch.dispatch(text)));
      }
      try (ExecutorService threads = Executors.newFixedThreadPool(gates.size())) {
        for (var gate : threads.invokeAll(gates)) {
          gate.get();
        }
      }

      assertThat(states(business, customer))
          .as("round %d", round)
          .containsExactly("accepted", "frequency_cap", "frequency_cap", "frequency_cap");
    }
  }

  @Test
  void countsATouchWhoseEndIsNotKnownAndNoneThatWasRejected() {
    Fixture business = business().minimumGap(DAY);
    UUID unknown = business.customer();
    UUID rejected = business.customer();
    TouchDue lost = business.mail(unknown);
    TouchDue refused = business.mail(rejected);
    dispatch.dispatch(List.of(lost, refused));
    endsAs(lost, "unknown");
    endsAs(refused, "rejected");
    TouchDue afterLost = business.text(unknown);
    TouchDue afterRefused = business.text(rejected);

    dispatch.dispatch(List.of(afterLost, afterRefused));

    assertThat(stateOf(business.id, afterLost.getTouchId())).isEqualTo("deferred/frequency_cap");
    assertThat(stateOf(business.id, afterRefused.getTouchId())).isEqualTo("accepted/accepted");
  }

  @Test
  void keepsNoDistanceWhereTheBusinessWantsNone() {
    Fixture business = business();
    UUID customer = business.customer();

    dispatch.dispatch(List.of(business.mail(customer), business.text(customer)));

    assertThat(states(business, customer)).containsExactly("accepted", "accepted");
  }

  private void endsAs(TouchDue touch, String state) {
    tenancy.asWorker(
        () ->
            jdbc.sql(
                    "UPDATE touches SET state = :state WHERE business_id = :business AND touch_id = :touch")
                .param("state", state)
                .param("business", touch.getBusinessId())
                .param("touch", touch.getTouchId())
                .update());
  }

  private List<String> states(Fixture business, UUID customer) {
    return tenancy.asWorker(
        () ->
            jdbc.sql(
                    """
                    SELECT reason FROM touches WHERE business_id = :business AND customer_id = :customer ORDER BY reason
                    """)
                .param("business", business.id)
                .param("customer", customer)
                .query(String.class)
                .list());
  }

  private Instant heldUntil(TouchDue touch) {
    return tenancy.asWorker(
        () ->
            jdbc.sql(
                    "SELECT held_until FROM touches WHERE business_id = :business AND touch_id = :touch")
                .param("business", touch.getBusinessId())
                .param("touch", touch.getTouchId())
                .query(java.sql.Timestamp.class)
                .single()
                .toInstant());
  }
}
