package dev.aftertouch.dispatch.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.Gate;
import dev.aftertouch.facts.TouchDue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class MessagesTest extends DispatchGround {
  @Autowired private Gate gate;

  @Test
  void listsMessagesWithCampaignEnrollmentTouchAndChannel() {
    Fixture business = business();
    TouchDue touch = business.text(business.customer());
    gate.dispatch(List.of(touch));

    String list = api("GET", "/api/messages", business.id, "owner", null).body();

    assertThat(list)
        .contains(
            touch.getTouchId().toString(),
            business.campaign.toString(),
            touch.getEnrollmentId().toString(),
            "\"number\":2",
            "\"channel\":\"sms\"",
            "\"state\":\"accepted\"",
            "+1720");
    String path = "/api/messages?enrollment_id=" + touch.getEnrollmentId();
    assertThat(api("GET", path, business.id, "owner", null).body())
        .contains(touch.getTouchId().toString());
    assertThat(api("GET", "/api/messages?state=skipped", business.id, "owner", null).body())
        .doesNotContain(touch.getTouchId().toString());
  }

  @Test
  void showsWhatWasHandedOverToThoseWhoMay() {
    Fixture business = business();
    TouchDue touch = business.mail(business.customer());
    gate.dispatch(List.of(touch));
    String path = "/api/messages/" + touch.getTouchId();

    assertThat(api("GET", path, business.id, "staff", null).body())
        .contains("Hello Ann", "payload_hash");
    assertThat(api("GET", path, business.id, "analyst", null).body())
        .contains("payload_hash")
        .doesNotContain("Hello Ann", "@mail.example");
  }

  @Test
  void hidesTheMessagesOfOthers() {
    Fixture business = business();
    TouchDue touch = business.mail(business.customer());
    gate.dispatch(List.of(touch));

    assertThat(
            api("GET", "/api/messages/" + touch.getTouchId(), business().id, "owner", null)
                .statusCode())
        .isEqualTo(404);
  }
}
