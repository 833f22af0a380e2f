package dev.aftertouch.sandbox.smtp;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One SMTP connection (RFC 5321, PIPELINING of RFC 2920, AUTH of RFC 4954). */
final class SmtpSession {
  private static final int MAX_BYTES = 4 * 1024 * 1024;
  private static final int MAX_RECIPIENTS = 100;
  private static final Pattern PATH = Pattern.compile("<([^<>\\s]*)>", Pattern.CASE_INSENSITIVE);

  private final SmtpLines in;
  private final OutputStream out;
  private final MailIntake intake;
  private final @Nullable String password;

  private boolean authenticated;
  private @Nullable String from;
  private final List<String> to = new ArrayList<>();

  /**
   * @param password what AUTH must show before mail is taken; null where everybody may send
   */
  SmtpSession(Socket socket, MailIntake intake, @Nullable String password) throws IOException {
    this.in = new SmtpLines(socket.getInputStream());
    this.out = new BufferedOutputStream(socket.getOutputStream(), 4096);
    this.intake = intake;
    this.password = password;
    this.authenticated = password == null;
  }

  /** Talks until the client quits or goes. */
  void talk() throws IOException {
    say("220 provider-sandbox ESMTP");
    out.flush();
    boolean goesOn = true;
    while (goesOn) {
      if (!in.moreAtHand()) {
        out.flush();
      }
      String line = in.command();
      goesOn = line != null && obey(line);
    }
    out.flush();
  }

  /** False when the connection is to be closed. */
  private boolean obey(String line) throws IOException {
    int space = line.indexOf(' ');
    String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
    String rest = space < 0 ? "" : line.substring(space + 1).strip();
    switch (verb) {
      case "EHLO" -> greet();
      case "HELO" -> say("250 provider-sandbox");
      case "AUTH" -> authenticate(rest);
      case "MAIL" -> mail(rest);
      case "RCPT" -> recipient(rest);
      case "DATA" -> {
        return data();
      }
      case "RSET" -> {
        forget();
        say("250 2.0.0 Ok");
      }
      case "NOOP" -> say("250 2.0.0 Ok");
      case "VRFY" -> say("252 2.0.0 Send it and see");
      case "QUIT" -> {
        say("221 2.0.0 Bye");
        return false;
      }
      default -> say("500 5.5.2 Command not recognized");
    }
    return true;
  }

  private void greet() throws IOException {
    forget();
    say("250-provider-sandbox");
    say("250-PIPELINING");
    say("250-SIZE " + MAX_BYTES);
    say("250-8BITMIME");
    say("250-SMTPUTF8");
    say("250-ENHANCEDSTATUSCODES");
    say("250 AUTH PLAIN");
  }

  private void authenticate(String rest) throws IOException {
    String[] words = rest.split(" ", 2);
    if (!words[0].equalsIgnoreCase("PLAIN")) {
      say("504 5.5.4 Only AUTH PLAIN");
      return;
    }
    String response = words.length > 1 ? words[1] : null;
    if (response == null) {
      say("334 ");
      out.flush();
      response = in.command();
    }
    authenticated = password == null || password.equals(passwordIn(response));
    say(authenticated ? "235 2.7.0 Authenticated" : "535 5.7.8 Credentials are not valid");
  }

  /** SASL PLAIN is {@code authorization NUL user NUL password}. */
  private static @Nullable String passwordIn(@Nullable String response) {
    if (response == null) {
      return null;
    }
    try {
      String decoded =
          new String(Base64.getDecoder().decode(response.strip()), StandardCharsets.UTF_8);
      return decoded.substring(decoded.lastIndexOf('\0') + 1);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  private void mail(String rest) throws IOException {
    Matcher path = PATH.matcher(rest);
    if (!authenticated) {
      say("530 5.7.0 Authentication required");
    } else if (!rest.toUpperCase(Locale.ROOT).startsWith("FROM:") || !path.find()) {
      say("501 5.5.4 Syntax: MAIL FROM:<address>");
    } else if (from != null) {
      say("503 5.5.1 Sender already given");
    } else {
      from = path.group(1);
      say("250 2.1.0 Ok");
    }
  }

  private void recipient(String rest) throws IOException {
    Matcher path = PATH.matcher(rest);
    if (from == null) {
      say("503 5.5.1 MAIL first");
    } else if (!rest.toUpperCase(Locale.ROOT).startsWith("TO:") || !path.find()) {
      say("501 5.5.4 Syntax: RCPT TO:<address>");
    } else if (path.group(1).indexOf('@') < 1) {
      say("550 5.1.3 Bad address");
    } else if (to.size() >= MAX_RECIPIENTS) {
      say("452 4.5.3 Too many recipients");
    } else {
      to.add(path.group(1));
      say("250 2.1.5 Ok");
    }
  }

  private boolean data() throws IOException {
    if (from == null || to.isEmpty()) {
      say("503 5.5.1 MAIL and RCPT first");
      return true;
    }
    say("354 End data with <CR><LF>.<CR><LF>");
    out.flush();
    SmtpLines.Data data = in.data(MAX_BYTES);
    if (data == null) {
      return false;
    }
    String answer =
        switch (data) {
          case SmtpLines.Data.Whole whole -> intake.take(from, List.copyOf(to), whole.bytes());
          case SmtpLines.Data.TooLarge tooLarge -> "552 5.3.4 Message too big";
          case SmtpLines.Data.BareLineBreak bare -> "554 5.6.0 Bare CR or LF is not taken";
        };
    forget();
    if (answer == null) {
      return false;
    }
    say(answer);
    return true;
  }

  private void forget() {
    from = null;
    to.clear();
  }

  private void say(String line) throws IOException {
    out.write(line.getBytes(StandardCharsets.UTF_8));
    out.write('\r');
    out.write('\n');
  }
}
