package dev.aftertouch.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.local.testing.EndpointIsolation;
import dev.aftertouch.local.testing.EndpointIsolation.Probe;
import dev.aftertouch.local.testing.RowLevelSecurity;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class EndpointIsolationTest extends DispatchGround {
  /** The sender's signature or the token in the path says whose they are. */
  private static final Set<String> OPEN =
      Set.of(
          "POST /w/resend/{token}",
          "POST /w/twilio/{token}",
          "POST /w/twilio/{token}/inbound",
          "POST /w/twilio/{token}/status",
          "GET /l/{token}",
          "HEAD /l/{token}",
          "GET /u/{token}",
          "POST /u/{token}",
          "POST /u/{token}/undo",
          "GET /f/{token}",
          "POST /f/{token}");

  @Autowired private Gate gate;
  @Autowired private RequestMappingHandlerMapping requestMappingHandlerMapping;

  @Test
  void noEndpointShowsOrChangesWhatIsAnothersWithItsIds() throws SQLException {
    Fixture victim = business();
    Fixture intruder = business();
    UUID customer =
        victim.customer(UUID.randomUUID(), "v@mail.example", "+17205550199", Fixture.DENVER, "Vic");
    victim.customer(UUID.randomUUID(), "w@mail.example", null, Fixture.DENVER, "Wim");
    TouchDue touch = victim.mail(customer);
    gate.dispatch(List.of(touch, intruder.mail(intruder.customer())));
    UUID review = review(victim);
    api(
        "POST",
        "/api/suppressions",
        victim.id,
        "owner",
        "{\"channel\":\"email\",\"address\":\"x@mail.example\"}");
    clock().advance(Duration.ofMinutes(1));
    pausedBreaker(victim);

    EndpointIsolation isolation =
        new EndpointIsolation(
            url(""),
            new RowLevelSecurity(
                DATABASE.url(),
                "postgres",
                REAL.superuserPassword(),
                DATABASE.app().user(),
                DATABASE.app().password()),
            victim.id,
            intruder.id,
            List.of(
                touch.getTouchId().toString(),
                touch.getEnrollmentId().toString(),
                customer.toString(),
                review.toString(),
                "v@mail.example",
                "+17205550199",
                "a word of the victim's"));

    assertThat(
            isolation.breaches(
                EndpointIsolation.endpoints(requestMappingHandlerMapping),
                OPEN,
                List.of(
                    Probe.listing("GET /api/messages", ""),
                    Probe.listing("GET /api/messages", "?enrollment_id=" + touch.getEnrollmentId()),
                    Probe.naming("GET /api/messages/{id}", touch.getTouchId()),
                    Probe.naming("GET /api/messages/customers/{id}/data", customer),
                    Probe.listing("GET /api/messages/forecast", ""),
                    Probe.listing("GET /api/messages/forecast", "?campaign_id=" + victim.campaign),
                    Probe.listing("GET /api/suppressions", ""),
                    Probe.listing("POST /api/suppressions", "")
                        .with("{\"channel\":\"email\",\"address\":\"w@mail.example\"}"),
                    Probe.listing("POST /api/suppressions/lift", "")
                        .with(
                            "{\"channel\":\"email\",\"address\":\"x@mail.example\",\"evidence\":\"Called.\"}"),
                    Probe.listing("GET /api/consent", "?customer=" + customer).refused(),
                    Probe.listing("GET /api/consent", "?address=x@mail.example"),
                    Probe.listing("GET /api/consent/verify", ""),
                    Probe.listing("GET /api/consent/export", ""),
                    Probe.listing("POST /api/consent", "")
                        .with(
                            "{\"channel\":\"email\",\"address\":\"w@mail.example\",\"kind\":\"express\",\"source\":\"web_form\"}"),
                    Probe.listing("GET /api/reviews", ""),
                    Probe.naming("POST /api/reviews/{id}", review).with("{\"decision\":\"go_on\"}"),
                    Probe.listing("GET /api/law", ""),
                    Probe.listing("GET /api/breakers", ""),
                    Probe.at("POST /api/breakers/{channel}/resume", "/api/breakers/email/resume")
                        .with("{\"note\":\"Settled.\"}")),
                31))
        .isEmpty();
  }

  private UUID review(Fixture victim) {
    return tenancy.asWorker(
        () ->
            jdbc.sql(
                    """
                    INSERT INTO reviews (business_id, address_key, body, rule, version, received_at)
                    VALUES (:business, sha256('x'), 'a word of the victim''s', 'word', 1, now()) RETURNING review_id
                    """)
                .param("business", victim.id)
                .query(UUID.class)
                .single());
  }

  private void pausedBreaker(Fixture victim) {
    tenancy.asWorker(
        () ->
            jdbc.sql(
                    """
                    INSERT INTO breakers (business_id, channel, state, since, complaints, accepted, counted_since, judged_at,
                                          next_look_at)
                    VALUES (:business, 'email', 'paused', now(), 3, 9, now(), now(), now() + interval '1 day')
                    """)
                .param("business", victim.id)
                .update());
  }
}
