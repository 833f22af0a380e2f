package dev.aftertouch.sandbox;

import static dev.aftertouch.sandbox.RunningSandbox.simpleEmail;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpTest {
  private RunningSandbox sandbox;

  @BeforeEach
  void start() throws Exception {
    sandbox = new RunningSandbox("--auto-deliver", "false");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void answersPipelinedRequestsInTheirOrderEvenWhenTheFirstIsSlow() throws Exception {
    sandbox.send(
        "PUT", "/sandbox/faults", "[{\"kind\":\"delay\",\"delay_ms\":200,\"to\":\"slow\"}]");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(OverTheWire.post(simpleEmail("slow@example.org")));
    for (int i = 0; i < 100; i++) {
      all.writeBytes(OverTheWire.post(i == 50 ? "[]" : simpleEmail("jo@example.org")));
    }

    try (Socket socket = new Socket("127.0.0.1", sandbox.sandbox.httpPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(all.toByteArray());

      for (int i = 0; i <= 100; i++) {
        String expected = i == 51 ? "HTTP/1.1 400" : "HTTP/1.1 200";
        assertThat(OverTheWire.answer(socket.getInputStream())).startsWith(expected);
      }
    }
    assertThat(sandbox.accepted()).isEqualTo(100);
  }

  @Test
  void saysThatItIsUpAndWhatItDoesNotKnow() {
    assertThat(sandbox.get("/health").get("status").asString()).isEqualTo("UP");
    assertThat(sandbox.send("GET", "/nowhere", "").status()).isEqualTo(404);
    assertThat(sandbox.send("GET", "/emailsx", "").status()).isEqualTo(404);
    assertThat(sandbox.send("PATCH", "/sandbox/ledger", "").status()).isEqualTo(405);
  }

  @Test
  void isNotChangedByAnotherSitesPage() {
    RunningSandbox.Answer forged =
        sandbox.send("DELETE", "/sandbox", "", "Origin", "https://evil.example");
    RunningSandbox.Answer own =
        sandbox.send(
            "DELETE", "/sandbox", "", "Origin", "http://127.0.0.1:" + sandbox.sandbox.httpPort());

    assertThat(forged.status()).isEqualTo(403);
    assertThat(own.status()).isEqualTo(200);
  }

  @Test
  void forgetsEverythingOnRequest() {
    sandbox.email("key-1", simpleEmail("jo@example.org"));

    sandbox.send("DELETE", "/sandbox", "");
    sandbox.email("key-1", simpleEmail("al@example.org"));

    assertThat(sandbox.outcomes()).isEqualTo("accepted");
    assertThat(sandbox.get("/sandbox/messages").get("total").asInt()).isEqualTo(1);
  }
}
