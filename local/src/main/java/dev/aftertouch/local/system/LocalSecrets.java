package dev.aftertouch.local.system;

import dev.aftertouch.local.infrastructure.Secrets;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Properties;

/**
 * The secrets of one local system, made once and kept in a file that only this user can read. They
 * are never printed.
 *
 * @param superuserPassword of PostgreSQL; every other database password derives from it
 * @param resendWebhookSecret in the form that Resend hands out: {@code whsec_} and Base64
 * @param linkKey signs unsubscribe and tracked links
 * @param pepper of the hashes of suppressed addresses
 */
public record LocalSecrets(
    String superuserPassword,
    String resendApiKey,
    String resendWebhookSecret,
    String twilioAccountSid,
    String twilioAuthToken,
    String linkKey,
    String pepper) {

  static LocalSecrets in(Path file) {
    try {
      if (!Files.exists(file)) {
        write(file);
      }
      Properties stored = new Properties();
      stored.load(new StringReader(Files.readString(file)));
      return new LocalSecrets(
          stored.getProperty("postgres.superuser.password"),
          stored.getProperty("resend.api-key"),
          stored.getProperty("resend.webhook-secret"),
          stored.getProperty("twilio.account-sid"),
          stored.getProperty("twilio.auth-token"),
          stored.getProperty("links.key"),
          stored.getProperty("suppressing.pepper"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file) throws IOException {
    String webhookSecret =
        Base64.getEncoder()
            .encodeToString(
                (Secrets.random() + Secrets.random())
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    Secrets.write(
        file,
        String.join(
            "\n",
            List.of(
                "postgres.superuser.password=" + Secrets.random(),
                "resend.api-key=re_" + Secrets.random(),
                "resend.webhook-secret=whsec_" + webhookSecret,
                "twilio.account-sid=AC" + Secrets.random(),
                "twilio.auth-token=" + Secrets.random(),
                "links.key=" + Secrets.random(),
                "suppressing.pepper=" + Secrets.random(),
                "")));
  }

  @Override
  public String toString() {
    return "LocalSecrets";
  }
}
