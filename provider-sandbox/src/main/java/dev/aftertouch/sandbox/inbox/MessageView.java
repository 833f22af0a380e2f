package dev.aftertouch.sandbox.inbox;

import dev.aftertouch.sandbox.messages.Content;
import dev.aftertouch.sandbox.messages.Message;
import dev.aftertouch.sandbox.messages.Messages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** One message, open: an e-mail in its frame, or a text within its conversation. */
final class MessageView {
  private static final int LONGEST_TITLE = 90;
  private static final int CONVERSATION = 30;

  private final Messages messages;
  private final String kept;

  /**
   * @param kept the search, carried along in every form
   */
  MessageView(Messages messages, String kept) {
    this.messages = messages;
    this.kept = kept;
  }

  static String title(Message message) {
    String title =
        message.isText()
            ? new String(message.raw(), StandardCharsets.UTF_8)
            : String.valueOf(InboxApi.subject(message));
    return title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE) + "…";
  }

  String draw(Message message) {
    return message.isText() ? text(message) : email(message, Content.of(message));
  }

  private String email(Message message, Content content) {
    StringBuilder links = new StringBuilder();
    for (String link : content.links()) {
      links.append(
          """
          <li><a href="%1$s" target="_blank" rel="noreferrer">%1$s</a>
          <form method="post" action="%2$s"><input type="hidden" name="link" value="%1$s">
          <button title="Resend tells of the click">Tell clicked</button></form></li>
          """
              .formatted(Html.escape(link), action(message, "clicked")));
    }
    return """
        <h1>%s</h1>
        %s
        <div class="actions">%s</div>
        <iframe title="E-mail" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/sandbox/messages/%s/html"></iframe>
        %s
        %s
        """
        .formatted(
            Html.escape(content.subject()),
            facts(message),
            button(message, "opened", "Mark opened")
                + button(message, "bounced", "Bounce")
                + button(message, "complained", "Report as spam")
                + button(message, "delivered", "Mark delivered")
                + button(message, "failed", "Fail"),
            Html.escape(message.id()),
            links.isEmpty() ? "" : "<h2>Links</h2><ul class=\"links\">" + links + "</ul>",
            happenings(message));
  }

  private String text(Message message) {
    Message.Header header = message.header();
    String customer = header.inbound() ? header.from() : header.to().getFirst();
    List<Message> conversation =
        messages
            .newest(other -> other.isText() && other.concerns(customer), 0, CONVERSATION)
            .reversed();
    StringBuilder bubbles = new StringBuilder();
    for (Message each : conversation) {
      bubbles.append(
          """
          <div class="bubble %s%s"><p>%s</p><small>%s · %s</small></div>
          """
              .formatted(
                  each.header().inbound() ? "in" : "out",
                  each == message ? " current" : "",
                  linked(Content.of(each)),
                  Html.time(each.header().at()),
                  Html.escape(each.lastHappening("accepted"))));
    }
    return """
        <h1>%s</h1>
        %s
        <div class="conversation">%s</div>
        <form class="reply" method="post" action="%s">
          <input name="body" placeholder="Answer as the customer" aria-label="Answer" autocomplete="off" required>
          <button>Send</button>
        </form>
        <div class="actions">%s%s%s%s</div>
        %s
        """
        .formatted(
            Html.escape(customer),
            facts(message),
            bubbles,
            action(message, "reply"),
            answer(message, "STOP"),
            answer(message, "START"),
            answer(message, "HELP"),
            header.inbound()
                ? ""
                : button(message, "delivered", "Mark delivered")
                    + button(message, "failed", "Fail"),
            happenings(message));
  }

  private static String linked(Content content) {
    String text = Html.escape(content.text() == null ? "" : content.text());
    for (String link : content.links()) {
      String escaped = Html.escape(link);
      text =
          text.replace(
              escaped,
              "<a href=\"%1$s\" target=\"_blank\" rel=\"noreferrer\">%1$s</a>".formatted(escaped));
    }
    return text;
  }

  private static String facts(Message message) {
    Message.Header header = message.header();
    StringBuilder tags = new StringBuilder();
    for (Map.Entry<String, String> tag : header.tags().entrySet()) {
      tags.append(
          "<span class=\"tag\">%s: %s</span>"
              .formatted(Html.escape(tag.getKey()), Html.escape(tag.getValue())));
    }
    return """
        <dl>
          <dt>From</dt><dd>%s</dd>
          <dt>To</dt><dd>%s</dd>
          <dt>When</dt><dd>%s UTC by %s</dd>
          <dt>Id</dt><dd><code>%s</code></dd>
          %s
        </dl>
        """
        .formatted(
            Html.escape(header.from()),
            Html.escape(String.join(", ", header.to())),
            Html.time(header.at()),
            header.provider().label(),
            Html.escape(message.id()),
            tags.isEmpty() ? "" : "<dt>Tags</dt><dd>" + tags + "</dd>");
  }

  private static String happenings(Message message) {
    StringBuilder rows = new StringBuilder();
    for (Message.Happening happening : message.happenings()) {
      rows.append(
          "<tr><td>%s</td><td>%s</td><td>%s</td></tr>"
              .formatted(
                  Html.time(happening.at()),
                  Html.escape(happening.what()),
                  Html.escape(happening.detail() == null ? "" : happening.detail())));
    }
    return rows.isEmpty() ? "" : "<h2>What happened</h2><table>" + rows + "</table>";
  }

  private String button(Message message, String action, String label) {
    return "<form method=\"post\" action=\"%s\"><button>%s</button></form>"
        .formatted(action(message, action), label);
  }

  private String answer(Message message, String word) {
    return """
        <form method="post" action="%s"><input type="hidden" name="body" value="%2$s"><button%3$s>%2$s</button></form>
        """
        .formatted(action(message, "reply"), word, word.equals("STOP") ? " class=\"stop\"" : "");
  }

  private String action(Message message, String action) {
    return Html.escape(InboxPages.PATH + message.id() + "/" + action + "?" + kept);
  }
}
