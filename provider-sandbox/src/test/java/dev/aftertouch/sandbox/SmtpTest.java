package dev.aftertouch.sandbox;

import static dev.aftertouch.sandbox.RunningSandbox.simpleEmail;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SmtpTest {
  private static final String SHORT =
      "From: a@b.co\r\nSubject: Hi\r\nX-Tag-Touch-Id: t-1\r\n\r\nHello\r\n..dotted\r\n";

  private RunningSandbox relay;

  @BeforeEach
  void start() throws Exception {
    relay = new RunningSandbox("--auto-deliver", "false");
  }

  @AfterEach
  void stop() {
    relay.close();
  }

  @Test
  void takesAMultipartMailFromAnOrdinaryClient() throws Exception {
    MimeMessage mail = new MimeMessage(Session.getInstance(properties()));
    mail.setFrom(new InternetAddress("hello@summit.example", "Summit"));
    mail.addRecipient(Message.RecipientType.TO, new InternetAddress("jo@example.org"));
    mail.setSubject("Schönen Dank", "UTF-8");
    mail.setHeader("X-Aftertouch-Touch-Id", "touch-1");
    MimeMultipart parts = new MimeMultipart("alternative");
    MimeBodyPart text = new MimeBodyPart();
    text.setText("Grüße. https://review.example/r", "UTF-8");
    parts.addBodyPart(text);
    MimeBodyPart html = new MimeBodyPart();
    html.setText("<p>Grüße <a href=\"https://review.example/r\">r</a></p>", "UTF-8", "html");
    parts.addBodyPart(html);
    mail.setContent(parts);

    Transport.send(mail);

    JsonNode listed = relay.get("/sandbox/messages?provider=smtp").get("messages").get(0);
    JsonNode read = relay.get("/sandbox/messages/" + listed.get("id").asString());
    assertThat(listed.get("subject").asString()).isEqualTo("Schönen Dank");
    assertThat(listed.get("tags").get("touch_id").asString()).isEqualTo("touch-1");
    assertThat(read.get("html").asString()).contains("<p>Grüße");
    assertThat(read.get("text").asString()).startsWith("Grüße");
    assertThat(read.get("links").size()).isEqualTo(1);
    assertThat(relay.outcomes()).isEqualTo("accepted");
  }

  @Test
  void answersAPipelinedConversationInOrder() throws Exception {
    String answers =
        talk(
            "EHLO x\r\nMAIL FROM:<a@b.co> SIZE=99\r\nRCPT TO:<jo@x.org>\r\nRCPT TO:<nobody>\r\nDATA\r\n"
                + SHORT
                + ".\r\nNOOP\r\nRSET\r\nBOGUS\r\nQUIT\r\n");

    assertThat(answers.lines().filter(line -> !line.startsWith("250-")).map(l -> l.substring(0, 3)))
        .containsExactly(
            "220", "250", "250", "250", "550", "354", "250", "250", "250", "500", "221");
    assertThat(answers).contains("250-PIPELINING");
    String id = relay.get("/sandbox/messages").get("messages").get(0).get("id").asString();
    assertThat(relay.get("/sandbox/messages/" + id).get("text").asString())
        .isEqualTo("Hello\r\n.dotted\r\n");
  }

  @Test
  void takesNoBareLineFeedInMail() throws Exception {
    String answers = deliver("Subject: x\r\n\r\nHello\n.\nMAIL FROM:<evil@x.org>\r\n", "");

    assertThat(answers).contains("554 5.6.0");
    assertThat(relay.accepted()).isZero();
  }

  @Test
  void honoursResendsIdempotencyHeader() throws Exception {
    String mail = "Resend-Idempotency-Key: k-1\r\n" + SHORT;

    deliver(mail, "");
    deliver(mail, "");
    String other = deliver(mail + "more\r\n", "");

    assertThat(relay.outcomes()).isEqualTo("accepted repeated rejected");
    assertThat(other).contains("554 5.6.0");
  }

  @Test
  void countsATouchThatIsMailedTwiceInWhateverRoundAndByWhicheverProvider() throws Exception {
    deliver(mailOf("touch-1", 0), "");
    deliver(mailOf("touch-2", 0), "");
    JsonNode before = relay.summary();
    deliver(mailOf("touch-2", 1), "");
    relay.email(simpleEmail("jo@x.org"));
    JsonNode after = relay.summary();

    assertThat(before.get("duplicates").asInt()).isZero();
    assertThat(after.get("duplicated").valueStream().map(JsonNode::asString))
        .containsExactly("touch-2", "touch-1");
  }

  private static String mailOf(String touch, int round) {
    return "Message-ID: <%s@b.co>\r\nX-Aftertouch-Touch-Id: %s\r\nX-Aftertouch-Round: %d\r\n\r\nHello\r\n"
        .formatted(UUID.randomUUID(), touch, round);
  }

  @Test
  void asksForThePasswordWhereThereIsOne() throws Exception {
    relay.close();
    relay = new RunningSandbox("--smtp-password", "secret");

    String without = deliver(SHORT, "");
    String wrong = deliver(SHORT, "AUTH PLAIN AHVzZXIAd3Jvbmc=\r\n");
    String right = deliver(SHORT, "AUTH PLAIN AHVzZXIAc2VjcmV0\r\n");

    assertThat(without).contains("530 5.7.0");
    assertThat(wrong).contains("535 5.7.8");
    assertThat(right).contains("235 2.7.0").contains("250 2.0.0 Ok: queued as");
    assertThat(relay.accepted()).isEqualTo(1);
  }

  @Test
  void playsFaults() throws Exception {
    relay.send(
        "PUT",
        "/sandbox/faults",
        """
        [{"provider": "smtp", "kind": "server_error_after_accept", "remaining": 1},
         {"provider": "smtp", "kind": "accept_then_cut", "remaining": 1},
         {"provider": "smtp", "kind": "cut_before", "remaining": 1}]
        """);

    String error = deliver(SHORT, "");
    String acceptedThenCut = deliver(SHORT, "");
    String cut = deliver(SHORT, "");

    assertThat(error).contains("451 4.3.0");
    assertThat(acceptedThenCut).endsWith("354 End data with <CR><LF>.<CR><LF>\n");
    assertThat(cut).endsWith("354 End data with <CR><LF>.<CR><LF>\n");
    assertThat(relay.outcomes()).isEqualTo("accepted accepted cut");
  }

  private String deliver(String mail, String before) throws IOException {
    return talk(
        "EHLO x\r\n"
            + before
            + "MAIL FROM:<a@b.co>\r\nRCPT TO:<jo@x.org>\r\nDATA\r\n"
            + mail
            + ".\r\nQUIT\r\n");
  }

  /** Sends all at once and reads to the end, as a pipelining client may. */
  private String talk(String lines) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", relay.sandbox.smtpPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      StringBuilder answers = new StringBuilder();
      try {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          answers.append(line).append('\n');
        }
      } catch (SocketException reset) {
        return answers.toString();
      }
      return answers.toString();
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", "127.0.0.1");
    properties.setProperty("mail.smtp.port", Integer.toString(relay.sandbox.smtpPort()));
    return properties;
  }
}
