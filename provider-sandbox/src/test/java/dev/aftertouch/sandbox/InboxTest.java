package dev.aftertouch.sandbox;

import static dev.aftertouch.sandbox.RunningSandbox.CUSTOMER;
import static dev.aftertouch.sandbox.RunningSandbox.simpleEmail;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class InboxTest {
  private static final String[] FORM = {"Content-Type", "application/x-www-form-urlencoded"};

  private RunningSandbox inbox;

  @BeforeEach
  void start() throws Exception {
    inbox = new RunningSandbox("--auto-deliver", "false", "--keep-messages", "3");
  }

  @AfterEach
  void stop() {
    inbox.close();
  }

  @Test
  void keepsOnlyTheNewestMessagesButAllOfTheLedger() {
    for (int i = 1; i <= 5; i++) {
      inbox.email(simpleEmail("c" + i + "@example.org"));
    }

    JsonNode kept = inbox.get("/sandbox/messages");

    assertThat(kept.get("total").asInt()).isEqualTo(3);
    assertThat(kept.get("messages").get(0).get("to").get(0).asString()).isEqualTo("c5@example.org");
    assertThat(inbox.accepted()).isEqualTo(5);
  }

  @Test
  void findsByAddressAndProvider() {
    inbox.email(simpleEmail("Jo@Example.org"));
    inbox.email(simpleEmail("al@example.org"));
    inbox.text(CUSTOMER, "Hello");

    assertThat(inbox.get("/sandbox/messages?to=jo@example").get("total").asInt()).isEqualTo(1);
    assertThat(inbox.get("/sandbox/messages?provider=twilio").get("total").asInt()).isEqualTo(1);
    assertThat(inbox.send("GET", "/?q=al%40", "").body())
        .contains("al@example.org")
        .doesNotContain("Jo@Example.org");
  }

  @Test
  void showsAnEmailInAFrameThatRunsNothing() {
    String id =
        inbox
            .email(
                """
                {"from": "a@b.co", "to": "jo@x.org", "subject": "<script>alert(1)</script>",
                 "html": "<script>alert(2)</script><a href=\\"https://review.example/r\\">r</a>"}
                """)
            .json()
            .get("id")
            .asString();

    String page = inbox.send("GET", "/messages/" + id, "").body();
    RunningSandbox.Answer html = inbox.send("GET", "/sandbox/messages/" + id + "/html", "");

    assertThat(page)
        .doesNotContain("<script>")
        .contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\"")
        .contains("href=\"https://review.example/r\"");
    assertThat(html.body()).contains("<base target=\"_blank\">");
    assertThat(html.header("content-security-policy"))
        .contains("default-src 'none'")
        .contains("sandbox");
  }

  @Test
  void letsAFormDoWhatTheCustomerDoes() {
    String email = inbox.email(simpleEmail("jo@example.org")).json().get("id").asString();
    String text = inbox.text(CUSTOMER, "Hello").json().get("sid").asString();

    inbox.send("POST", "/messages/" + email + "/clicked", "link=https%3A%2F%2Fx.co%2F", FORM);
    RunningSandbox.Answer page =
        inbox.send("POST", "/messages/" + text + "/reply", "body=STOP", FORM);

    assertThat(page.status()).isEqualTo(303);
    JsonNode clicked = inbox.get("/sandbox/messages/" + email);
    assertThat(clicked.get("status").asString()).isEqualTo("clicked");
    assertThat(clicked.get("happenings").get(0).get("detail").asString())
        .isEqualTo("https://x.co/");
    assertThat(inbox.text(CUSTOMER, "Again").json().get("code").asInt()).isEqualTo(21610);
    assertThat(inbox.send("GET", "/messages/" + text, "").body()).contains("bubble in");
  }

  @Test
  void refusesWhatCannotHappen() {
    String email = inbox.email(simpleEmail("jo@example.org")).json().get("id").asString();
    String text = inbox.text(CUSTOMER, "Hello").json().get("sid").asString();

    assertThat(act(email, "reply", "{\"body\":\"x\"}")).isEqualTo(409);
    assertThat(act(email, "clicked", "")).isEqualTo(409);
    assertThat(act(text, "opened", "")).isEqualTo(409);
    assertThat(act(text, "reply", "{}")).isEqualTo(409);
    assertThat(act("unknown", "opened", "")).isEqualTo(404);
  }

  private int act(String id, String action, String body) {
    return inbox.send("POST", "/sandbox/messages/" + id + "/" + action, body).status();
  }
}
