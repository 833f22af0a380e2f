package dev.aftertouch.sandbox.messages;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Finds the first HTML and the first plain text in a MIME message. */
final class MimeContent {
  private @Nullable String html;
  private @Nullable String text;

  private MimeContent() {}

  /** What cannot be read as MIME is shown as it came. */
  static Content read(byte[] raw) {
    try {
      MimeMessage mime =
          new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
      MimeContent found = new MimeContent();
      found.visit(mime);
      Map<String, String> headers = new LinkedHashMap<>();
      for (Header header : Collections.list(mime.getAllHeaders())) {
        headers.merge(header.getName(), header.getValue(), (one, other) -> one + "\n" + other);
      }
      String subject = mime.getSubject();
      return new Content(subject == null ? "" : subject, found.html, found.text, headers);
    } catch (MessagingException | IOException unreadable) {
      return new Content("", null, new String(raw, StandardCharsets.UTF_8), Map.of());
    }
  }

  private void visit(Part part) throws MessagingException, IOException {
    if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        visit(parts.getBodyPart(i));
      }
    } else if (part.isMimeType("text/html") && html == null) {
      html = String.valueOf(part.getContent());
    } else if (part.isMimeType("text/plain") && text == null) {
      text = String.valueOf(part.getContent());
    }
  }
}
