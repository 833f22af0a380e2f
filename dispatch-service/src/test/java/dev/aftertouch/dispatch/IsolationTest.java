package dev.aftertouch.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.local.testing.RowLevelSecurity;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class IsolationTest extends DispatchGround {
  @Autowired private Gate gate;

  @Test
  void noVerbReachesAnotherBusinesssRows() throws SQLException {
    Fixture victim = business();
    Fixture intruder = business();
    TouchDue touch = victim.mail(victim.customer());
    gate.dispatch(List.of(touch));
    api(
        "POST",
        "/api/suppressions",
        victim.id,
        "owner",
        "{\"channel\":\"email\",\"address\":\"ann@mail.example\"}");
    rows(victim.id, touch);

    RowLevelSecurity security =
        new RowLevelSecurity(
            DATABASE.url(),
            "postgres",
            REAL.superuserPassword(),
            DATABASE.app().user(),
            DATABASE.app().password());

    assertThat(security.breaches(intruder.id, victim.id, "outbox")).isEmpty();
  }

  private void rows(UUID business, TouchDue touch) {
    tenancy.asWorker(
        () -> {
          jdbc.sql(
                  "INSERT INTO stopped_enrollments VALUES (:business, :enrollment, 'replied', now())")
              .param("business", business)
              .param("enrollment", touch.getEnrollmentId())
              .update();
          jdbc.sql(
                  """
                  INSERT INTO unknown_attempts (business_id, attempt_id, touch_id, provider)
                  VALUES (:business, :touch, :touch, 'twilio')
                  """)
              .param("business", business)
              .param("touch", touch.getTouchId())
              .update();
          jdbc.sql("INSERT INTO earlier_attempts VALUES (:business, :touch, :touch)")
              .param("business", business)
              .param("touch", touch.getTouchId())
              .update();
          jdbc.sql(
                  """
                  INSERT INTO link_hits (business_id, attempt_id, link, hit_at, method, verdict, reasons)
                  VALUES (:business, :touch, 0, now(), 'GET', 'human', '')
                  """)
              .param("business", business)
              .param("touch", touch.getTouchId())
              .update();
          jdbc.sql(
                  """
                  INSERT INTO erasures (business_id, customer_id, emails, phones, asked_at, next_try_at)
                  VALUES (:business, :touch, '{}', '{}', now(), 'infinity')
                  """)
              .param("business", business)
              .param("touch", touch.getTouchId())
              .update();
          jdbc.sql("INSERT INTO complaints VALUES (:business, :touch, 'email', now(), true)")
              .param("business", business)
              .param("touch", touch.getTouchId())
              .update();
          jdbc.sql(
                  """
                  INSERT INTO breakers (business_id, channel, state, since, complaints, accepted, counted_since, judged_at,
                                        next_look_at)
                  VALUES (:business, 'email', 'closed', now(), 0, 0, now(), now(), now())
                  """)
              .param("business", business)
              .update();
          jdbc.sql("INSERT INTO click_holds VALUES (:business, :touch, :touch)")
              .param("business", business)
              .param("touch", touch.getTouchId())
              .update();
          jdbc.sql(
                  """
                  INSERT INTO reviews (business_id, address_key, rule, version, received_at)
                  VALUES (:business, sha256('x'), 'word', 1, now())
                  """)
              .param("business", business)
              .update();
          jdbc.sql(
                  """
                  INSERT INTO feedback (business_id, attempt_id, enrollment_id, customer_id, comment, submitted_at)
                  VALUES (:business, :touch, :touch, :touch, 'Fine', now())
                  """)
              .param("business", business)
              .param("touch", touch.getTouchId())
              .update();
        });
  }
}
