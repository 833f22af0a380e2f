package dev.aftertouch.dispatch.sending;

import io.github.resilience4j.timelimiter.TimeLimiter;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * Submission to a mail server over kept connections. SMTP knows no idempotency key: one try. The
 * attempt id is the Message-ID, by which some receivers recognise a repeat.
 */
final class SmtpProvider implements Provider, Closeable {
  private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
  private static final String ROUND = "X-Aftertouch-Round";

  private final ProvidersProperties.@Nullable Smtp server;
  private final ExecutorService threads;
  private final TimeLimiter limiter;
  private final Executor loop;
  private final Session session;
  private final BlockingQueue<SMTPTransport> idle;

  /**
   * @param threads for the calls, which wait for the server
   * @param limiter of one call; its time limit bounds each single wait too
   * @param loop on which answers are told
   */
  SmtpProvider(
      ProvidersProperties.@Nullable Smtp server,
      ExecutorService threads,
      TimeLimiter limiter,
      Executor loop) {
    this.server = server;
    this.threads = threads;
    this.limiter = limiter;
    this.loop = loop;
    this.idle = new ArrayBlockingQueue<>(server == null ? 1 : server.connections());
    Properties properties = new Properties();
    if (server != null) {
      properties.put("mail.smtp.host", server.host());
      properties.put("mail.smtp.port", server.port());
      properties.put("mail.smtp.auth", server.user() != null);
      properties.put("mail.smtp.starttls.enable", server.startTls());
      properties.put("mail.smtp.starttls.required", server.startTls());
    }
    properties.put("mail.smtp.connectiontimeout", CONNECT_TIMEOUT_MILLIS);
    properties.put(
        "mail.smtp.timeout", limiter.getTimeLimiterConfig().getTimeoutDuration().toMillis());
    properties.put("mail.smtp.localhost", "aftertouch");
    properties.put("mail.smtp.userset", true);
    properties.put("mail.mime.charset", "UTF-8");
    this.session = Session.getInstance(properties);
  }

  @Override
  public ProviderName name() {
    return ProviderName.SMTP;
  }

  @Override
  public boolean isConfigured() {
    return server != null && !server.host().isBlank();
  }

  @Override
  public byte[] freeze(Message message) {
    if (!(message instanceof Message.Email email)) {
      throw new IllegalArgumentException("SMTP takes e-mails only");
    }
    try {
      MimeMessage mime = new IdentifiedMessage(session, messageId(email));
      mime.setFrom(
          new InternetAddress(
              Headers.clean(email.from()), Headers.clean(email.fromName()), "UTF-8"));
      mime.setRecipient(
          MimeMessage.RecipientType.TO, new InternetAddress(Headers.clean(email.to()), true));
      if (email.replyTo() != null) {
        mime.setReplyTo(new Address[] {new InternetAddress(Headers.clean(email.replyTo()), true)});
      }
      mime.setSubject(Headers.clean(email.subject()), "UTF-8");
      mime.setSentDate(Date.from(email.writtenAt()));
      mime.setHeader("List-Unsubscribe", "<" + email.unsubscribeUrl() + ">");
      mime.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
      mime.setHeader("X-Aftertouch-Business-Id", email.ids().business().toString());
      mime.setHeader("X-Aftertouch-Touch-Id", email.ids().touch().toString());
      mime.setHeader(ROUND, Integer.toString(email.ids().round()));
      mime.setHeader("X-Aftertouch-Attempt", email.ids().attempt().toString());
      MimeBodyPart text = new MimeBodyPart();
      text.setText(email.text(), "UTF-8");
      MimeBodyPart html = new MimeBodyPart();
      html.setText(email.html(), "UTF-8", "html");
      mime.setContent(new MimeMultipart("alternative", text, html));
      mime.saveChanges();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
      mime.writeTo(bytes);
      return bytes.toByteArray();
    } catch (MessagingException malformed) {
      throw new IllegalArgumentException("The e-mail cannot be written", malformed);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  public byte[] freezeAgain(
      byte[] frozen, Message.Ids earlier, Message.Ids ids, int validitySeconds) {
    String mime = new String(frozen, StandardCharsets.ISO_8859_1);
    int head = mime.indexOf("\r\n\r\n");
    String headers =
        mime.substring(0, head)
            .replace(earlier.attempt().toString(), ids.attempt().toString())
            .replace(ROUND + ": " + earlier.round(), ROUND + ": " + ids.round());
    return (headers + mime.substring(head)).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String messageId(Message.Email email) {
    String domain = email.from().substring(email.from().indexOf('@') + 1);
    return "<" + email.ids().attempt() + "@" + Headers.clean(domain) + ">";
  }

  private static final class IdentifiedMessage extends MimeMessage {
    private final String id;

    IdentifiedMessage(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }

  @Override
  public void handOver(Parcel parcel, Duration timeout, Consumer<ProviderAnswer> done) {
    Handover handover = parcel.message();
    threads.execute(
        () -> {
          ProviderAnswer answer = limited(handover);
          loop.execute(() -> done.accept(answer));
        });
  }

  private ProviderAnswer limited(Handover handover) {
    try {
      return limiter.executeFutureSupplier(() -> threads.submit(() -> handOver(handover)));
    } catch (TimeoutException tooLong) {
      return new ProviderAnswer.Unknown("timeout");
    } catch (Exception failure) {
      return new ProviderAnswer.Unknown(failure.getClass().getSimpleName());
    }
  }

  private ProviderAnswer handOver(Handover handover) {
    SMTPTransport transport;
    try {
      transport = connected();
    } catch (jakarta.mail.AuthenticationFailedException refused) {
      return new ProviderAnswer.Unauthorized("authentication_failed");
    } catch (MessagingException unreachable) {
      return new ProviderAnswer.NotHandedOver("no_connection");
    }
    boolean reusable = false;
    try {
      MimeMessage mime = new MimeMessage(session, new ByteArrayInputStream(handover.body()));
      transport.sendMessage(mime, mime.getAllRecipients());
      reusable = true;
      return ProviderAnswer.Accepted.of(mime.getMessageID());
    } catch (MessagingException failure) {
      ProviderAnswer answer = read(failure);
      reusable = answer instanceof ProviderAnswer.Rejected;
      return answer;
    } finally {
      if (!reusable || !idle.offer(transport)) {
        closeQuietly(transport);
      }
    }
  }

  /** A kept connection that still answers, else a new one. */
  private SMTPTransport connected() throws MessagingException {
    for (SMTPTransport kept = idle.poll(); kept != null; kept = idle.poll()) {
      if (kept.isConnected()) {
        return kept;
      }
      closeQuietly(kept);
    }
    SMTPTransport transport = (SMTPTransport) session.getTransport("smtp");
    if (server != null && server.user() != null) {
      transport.connect(server.user(), server.password());
    } else {
      transport.connect();
    }
    return transport;
  }

  /** A reply code of the server is an answer; everything else leaves open what arrived. */
  private static ProviderAnswer read(MessagingException failure) {
    for (Exception cause = failure;
        cause instanceof MessagingException messaging;
        cause = messaging.getNextException()) {
      int code =
          switch (messaging) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSendFailedException send -> send.getReturnCode();
            default -> -1;
          };
      if (code >= 500) {
        return new ProviderAnswer.Rejected("smtp_" + code);
      }
      if (code >= 400) {
        return new ProviderAnswer.Throttled(Duration.ofMinutes(5));
      }
    }
    return new ProviderAnswer.Unknown(failure.getClass().getSimpleName());
  }

  private static void closeQuietly(SMTPTransport transport) {
    try {
      transport.close();
    } catch (MessagingException alreadyGone) {
      // Nothing depends on a polite farewell.
    }
  }

  @Override
  public void close() {
    idle.forEach(SmtpProvider::closeQuietly);
    idle.clear();
  }
}
