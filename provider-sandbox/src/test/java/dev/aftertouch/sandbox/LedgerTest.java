package dev.aftertouch.sandbox;

import static dev.aftertouch.sandbox.RunningSandbox.CUSTOMER;
import static dev.aftertouch.sandbox.RunningSandbox.simpleEmail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class LedgerTest {
  @TempDir private Path folder;

  @Test
  void tellsWhatWasHandedOver() throws Exception {
    try (RunningSandbox sandbox = new RunningSandbox("--auto-deliver", "false")) {
      String id =
          sandbox.email("key-1", simpleEmail("Jo <JO@example.org>")).json().get("id").asString();

      JsonNode entry = sandbox.get("/sandbox/ledger?since=0&limit=10").get("entries").get(0);
      assertThat(entry.get("seq").asInt()).isEqualTo(1);
      assertThat(entry.get("provider").asString()).isEqualTo("resend");
      assertThat(entry.get("id").asString()).isEqualTo(id);
      assertThat(entry.get("key").asString()).isEqualTo("key-1");
      assertThat(entry.get("sha256").asString()).hasSize(64);
      assertThat(entry.get("to").asString()).isEqualTo("jo@example.org");
      assertThat(entry.get("business").asString()).isEqualTo("b-1");
      assertThat(entry.get("correlation").get("touch_id").asString()).isEqualTo("touch-1");
      assertThat(entry.get("received_at").asLong()).isEqualTo(entry.get("virtual_at").asLong());
    }
  }

  @Test
  void isReadInPagesAndEmptied() throws Exception {
    try (RunningSandbox sandbox = new RunningSandbox("--auto-deliver", "false")) {
      for (int i = 0; i < 150; i++) {
        sandbox.email(simpleEmail("jo@example.org"));
      }

      Set<Integer> read = new HashSet<>();
      int since = 0;
      for (JsonNode page = page(sandbox, since); page.size() > 0; page = page(sandbox, since)) {
        for (JsonNode entry : page) {
          since = entry.get("seq").asInt();
          read.add(since);
        }
      }
      sandbox.send("DELETE", "/sandbox/ledger", "");
      sandbox.email(simpleEmail("jo@example.org"));

      assertThat(read).hasSize(150);
      assertThat(page(sandbox, since).get(0).get("seq").asInt()).isEqualTo(151);
      assertThat(sandbox.summary().get("accepted").asInt()).isEqualTo(1);
      assertThat(sandbox.summary().get("duplicates").asInt()).isZero();
    }
  }

  private static JsonNode page(RunningSandbox sandbox, int since) {
    return sandbox.get("/sandbox/ledger?limit=70&since=" + since).get("entries");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void remembersKeysOptOutsAndCountsOverARestart(String fsync) throws Exception {
    Path file = folder.resolve("ledger.jsonl");
    String[] options = {"--ledger", file.toString(), "--fsync", fsync, "--auto-deliver", "false"};
    String first;
    try (RunningSandbox before = new RunningSandbox(options)) {
      first = before.email("key-1", simpleEmail("jo@example.org")).body();
      String sid = before.text(CUSTOMER, "Hello").json().get("sid").asString();
      before.send("POST", "/sandbox/messages/" + sid + "/reply", "{\"body\":\"STOP\"}");
    }

    try (RunningSandbox after = new RunningSandbox(options)) {
      RunningSandbox.Answer repeated = after.email("key-1", simpleEmail("jo@example.org"));
      RunningSandbox.Answer again = after.email("key-2", simpleEmail("jo@example.org"));
      RunningSandbox.Answer blocked = after.text(CUSTOMER, "Hello");

      assertThat(repeated.body()).isEqualTo(first);
      assertThat(again.status()).isEqualTo(200);
      assertThat(blocked.json().get("code").asInt()).isEqualTo(21610);
      assertThat(after.outcomes())
          .isEqualTo("accepted accepted received repeated accepted rejected");
      assertThat(after.summary().get("duplicates").asInt()).isEqualTo(1);
    }
  }

  @Test
  void dropsALineThatACrashCutOff() throws Exception {
    Path file = folder.resolve("ledger.jsonl");
    String[] options = {"--ledger", file.toString(), "--auto-deliver", "false"};
    try (RunningSandbox before = new RunningSandbox(options)) {
      before.email(simpleEmail("jo@example.org"));
    }
    Files.writeString(file, "{\"seq\":2,\"received_at\":1", StandardOpenOption.APPEND);

    try (RunningSandbox after = new RunningSandbox(options)) {
      after.email(simpleEmail("jo@example.org"));

      assertThat(after.outcomes()).isEqualTo("accepted accepted");
      await().until(() -> Files.readAllLines(file).size() == 2);
    }
  }

  @Test
  void keepsEveryAcknowledgedSendOverAKillWhenDurable() throws Exception {
    Path file = folder.resolve("ledger.jsonl");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ProviderSandbox.class.getName(),
                "--port=0",
                "--smtp-port=0",
                "--fsync",
                "--ledger=" + file,
                "--auto-deliver=false")
            .redirectErrorStream(true)
            .start();
    int acknowledged = 0;
    try (var output = process.inputReader()) {
      String ready =
          output.lines().filter(line -> line.contains("http on port")).findFirst().orElseThrow();
      int port = Integer.parseInt(ready.replaceAll(".*http on port (\\d+),.*", "$1"));
      acknowledged = OverTheWire.sendUntil(port, 200, simpleEmail("jo@example.org"));
    } finally {
      process.destroyForcibly().waitFor();
    }

    assertThat(acknowledged).isEqualTo(200);
    assertThat(Files.readAllLines(file)).hasSizeGreaterThanOrEqualTo(acknowledged);
  }
}
