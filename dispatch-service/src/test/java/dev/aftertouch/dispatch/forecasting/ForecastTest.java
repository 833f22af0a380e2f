package dev.aftertouch.dispatch.forecasting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.Gate;
import dev.aftertouch.facts.TouchDue;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ForecastTest extends DispatchGround {
  @Autowired private Gate gate;

  @Test
  void saysHowManyWaitOnEachChannelAndWhenTheLastOfThemLeaves() {
    Fixture business = paced();

    JsonNode texts = channel(business, "", "sms");

    assertThat(texts.path("waiting").asInt()).isEqualTo(130);
    assertThat(texts.path("limit_per_hour").asInt()).isEqualTo(100);
    assertThat(instant(texts, "last_leaves_at")).isEqualTo(lastHeld(business));
    // 100 have slots at 61 minutes and 30 at 122; the next takes one beside those.
    assertThat(instant(texts, "next_free_slot")).isEqualTo(lastHeld(business));
    JsonNode mails = channel(business, "", "email");
    assertThat(mails.path("waiting").asInt()).isZero();
    assertThat(mails.hasNonNull("last_leaves_at")).isFalse();
    assertThat(instant(mails, "next_free_slot")).isEqualTo(NOON);
  }

  @Test
  void countsOneCampaignAlone() {
    Fixture business = paced();

    String same = "?campaign_id=" + business.campaign;
    assertThat(channel(business, same, "sms").path("waiting").asInt()).isEqualTo(130);
    String other = "?campaign_id=" + business.id;
    assertThat(channel(business, other, "sms").path("waiting").asInt()).isZero();
  }

  @Test
  void reckonsWithNewSlotsForThoseThatAnOutageMadeMissTheirs() {
    Fixture business = paced();
    Instant last = lastHeld(business);
    clock().set(NOON.plus(Duration.ofMinutes(80)));

    JsonNode texts = channel(business, "", "sms");

    assertThat(texts.path("waiting").asInt()).isEqualTo(130);
    assertThat(instant(texts, "last_leaves_at")).isAfter(last);
  }

  @Test
  void leavesOutWhatWillNeverLeaveBecauseItsEnrollmentWasStopped() {
    Fixture business = paced();
    tenancy.asWorker(
        () ->
            jdbc.sql(
                    """
                    INSERT INTO stopped_enrollments (business_id, enrollment_id, reason, stopped_at)
                    SELECT business_id, enrollment_id, 'replied', now() FROM touches
                    WHERE business_id = :business AND state = 'deferred' LIMIT 30
                    """)
                .param("business", business.id)
                .update());

    assertThat(channel(business, "", "sms").path("waiting").asInt()).isEqualTo(100);
  }

  @Test
  void showsNothingOfAnotherBusiness() {
    paced();

    assertThat(channel(business(), "", "sms").path("waiting").asInt()).isZero();
  }

  /** 100 of 230 texts have left, the others wait. */
  private Fixture paced() {
    Fixture business = business();
    List<TouchDue> touches = new ArrayList<>();
    for (int i = 0; i < 230; i++) {
      touches.add(business.text(business.customer()));
    }
    gate.dispatch(touches);
    return business;
  }

  private Instant lastHeld(Fixture business) {
    return tenancy.asWorker(
        () ->
            jdbc.sql("SELECT max(held_until) FROM touches WHERE business_id = :business")
                .param("business", business.id)
                .query(Timestamp.class)
                .single()
                .toInstant());
  }

  private JsonNode channel(Fixture business, String query, String channel) {
    String body = api("GET", "/api/messages/forecast" + query, business.id, "owner", null).body();
    for (JsonNode line : JsonMapper.builder().build().readTree(body).path("channels")) {
      if (line.path("channel").asString().equals(channel)) {
        return line;
      }
    }
    throw new AssertionError(body);
  }

  private static Instant instant(JsonNode node, String field) {
    return Instant.parse(node.path(field).asString());
  }
}
