package dev.aftertouch.sandbox.inbox;

import dev.aftertouch.sandbox.clock.SharedClock;
import dev.aftertouch.sandbox.http.Reply;
import dev.aftertouch.sandbox.http.Request;
import dev.aftertouch.sandbox.messages.Message;
import dev.aftertouch.sandbox.messages.Messages;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The inbox for people: {@code GET /}, {@code GET /messages/{id}}, and the forms under it. Drawn on
 * the server, without scripts and without anything from elsewhere.
 */
public final class InboxPages {
  public static final String PATH = "/messages/";
  private static final int PAGE_SIZE = 40;

  private final Messages messages;
  private final Actions actions;
  private final SharedClock clock;

  public InboxPages(Messages messages, Actions actions, SharedClock clock) {
    this.messages = messages;
    this.actions = actions;
    this.clock = clock;
  }

  public Reply handle(Request request) {
    if (request.path().equals("/")) {
      return Reply.html(200, frame(request, null, null));
    }
    String[] parts = request.path().substring(PATH.length()).split("/", 2);
    Message message = messages.find(parts[0]);
    if (message == null) {
      return Reply.html(404, frame(request, null, "This message is not in the inbox any more."));
    }
    return request.method().equals("POST")
        ? act(request, message, parts.length > 1 ? parts[1] : "")
        : Reply.html(200, frame(request, message, request.query().get("note")));
  }

  private Reply act(Request request, Message message, String action) {
    Request.Parameters form = request.form();
    Actions.Result result =
        action.equals("reply")
            ? actions.reply(message, form.get("body"), false)
            : actions.act(message, action, form.get("link"));
    String note =
        switch (result) {
          case Actions.Result.Done done ->
              action.equals("reply") ? "The answer is on its way." : "Noted: " + action + ".";
          case Actions.Result.NotPossible refused -> refused.why();
        };
    return Reply.seeOther(
        PATH
            + message.id()
            + "?"
            + kept(request.query())
            + "note="
            + URLEncoder.encode(note, StandardCharsets.UTF_8));
  }

  /** The search, to be carried from page to page; ends in an ampersand where there is one. */
  private static String kept(Request.Parameters query) {
    StringBuilder kept = new StringBuilder();
    for (String name : List.of("q", "provider", "page")) {
      String value = query.get(name);
      if (value != null && !value.isBlank()) {
        kept.append(name)
            .append('=')
            .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
            .append('&');
      }
    }
    return kept.toString();
  }

  private String frame(Request request, @Nullable Message open, @Nullable String note) {
    Request.Parameters query = request.query();
    Search search = Search.of(query);
    int page = (int) Math.clamp(query.number("page", 0), 0, 1_000_000);
    List<Message> found = messages.newest(search, page * PAGE_SIZE, PAGE_SIZE + 1);
    String title = open == null ? "Inbox" : MessageView.title(open);
    String body =
        """
        <header>
          <a class="brand" href="/">Provider sandbox</a>
          <form class="search" method="get" action="/">
            <input type="search" name="q" value="%s" placeholder="Address or number" aria-label="Search by address">
            <select name="provider" aria-label="Provider">%s</select>
            <button>Search</button>
          </form>
          <nav><a href="/sandbox/ledger/summary">Ledger</a> <a href="/sandbox/webhooks">Webhooks</a> <a href="/sandbox/faults">Faults</a></nav>
          <span class="clock">%s UTC</span>
        </header>
        <main class="%s">
          <section class="list" aria-label="Messages">%s</section>
          <section class="reading" aria-label="Message">%s%s%s</section>
        </main>
        """
            .formatted(
                Html.escape(search.address()),
                options(query.get("provider", "")),
                Html.time(clock.millis()),
                open == null ? "closed" : "open",
                list(found, open, query, page),
                open == null ? "" : back(query),
                note == null ? "" : "<p class=\"note\">" + Html.escape(note) + "</p>",
                open == null ? "" : new MessageView(messages, kept(query)).draw(open));
    return Html.page(title, open == null, body);
  }

  /** Seen on narrow screens only, where the list gives way to the message. */
  private static String back(Request.Parameters query) {
    return "<a class=\"back\" href=\"/?%s\">All messages</a>".formatted(Html.escape(kept(query)));
  }

  private static String options(String chosen) {
    StringBuilder options = new StringBuilder();
    for (String[] option :
        new String[][] {
          {"", "All providers"}, {"resend", "Resend"}, {"twilio", "Twilio"}, {"smtp", "SMTP"}
        }) {
      options.append(
          "<option value=\"%s\"%s>%s</option>"
              .formatted(option[0], option[0].equals(chosen) ? " selected" : "", option[1]));
    }
    return options.toString();
  }

  private String list(
      List<Message> found, @Nullable Message open, Request.Parameters query, int page) {
    if (found.isEmpty()) {
      return "<p class=\"empty\">No messages"
          + (query.get("q", "").isBlank() ? " yet." : " for this address.")
          + "</p>";
    }
    StringBuilder rows = new StringBuilder();
    for (Message message : found.subList(0, Math.min(PAGE_SIZE, found.size()))) {
      rows.append(row(message, message == open, kept(query)));
    }
    String others = kept(query).replaceAll("page=\\d+&", "");
    if (page > 0) {
      rows.append(
          "<a class=\"more\" href=\"/?%spage=%d\">Newer</a>"
              .formatted(Html.escape(others), page - 1));
    }
    if (found.size() > PAGE_SIZE) {
      rows.append(
          "<a class=\"more\" href=\"/?%spage=%d\">Older</a>"
              .formatted(Html.escape(others), page + 1));
    }
    return rows.toString();
  }

  private static String row(Message message, boolean isOpen, String kept) {
    Message.Header header = message.header();
    String status = message.lastHappening("accepted");
    return """
        <a class="row%s" href="/messages/%s?%s">
          <span class="kind %s">%s</span>
          <span class="who">%s</span><time>%s</time>
          <span class="what">%s</span><span class="status %s">%s</span>
        </a>
        """
        .formatted(
            isOpen ? " current" : "",
            Html.escape(message.id()),
            Html.escape(kept),
            header.provider().label(),
            header.inbound() ? "reply" : message.isText() ? "text" : "mail",
            Html.escape(header.inbound() ? header.from() : String.join(", ", header.to())),
            Html.shortTime(header.at()),
            Html.escape(MessageView.title(message)),
            Html.escape(status),
            Html.escape(status));
  }
}
