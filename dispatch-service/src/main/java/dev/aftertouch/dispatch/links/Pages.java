package dev.aftertouch.dispatch.links;

import dev.aftertouch.dispatch.links.AnswerPages.Choice;
import dev.aftertouch.dispatch.links.AnswerPages.Standing;
import dev.aftertouch.engine.definition.Purpose;
import org.springframework.web.util.HtmlUtils;

/** The public pages: small, without scripts and foreign resources, good on a phone. */
final class Pages {
  /** Nothing is loaded from anywhere; forms post to us only. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private Pages() {}

  static String unsubscribe(Standing standing, String token) {
    return standing.suppressed() ? unsubscribed(standing, token) : offer(standing, token);
  }

  private static String offer(Standing standing, String token) {
    String kind = kind(standing);
    return page(
        "Unsubscribe",
        """
        <h1>Stop %s from %s?</h1>
        <p>Nothing has been changed yet. Press the button and you get no more %s from us.</p>
        <form method="post" action="/u/%s"><button>%s</button></form>
        %s
        """
            .formatted(
                kind,
                escape(standing.business()),
                kind,
                token,
                standing.choices().isEmpty() ? "Unsubscribe" : "Unsubscribe from all",
                choices(standing, token)));
  }

  /** One button for each purpose; each acts by itself and can be undone by itself. */
  private static String choices(Standing standing, String token) {
    if (standing.choices().isEmpty()) {
      return "";
    }
    StringBuilder list = new StringBuilder("<h2>Or stop only some</h2>");
    for (Choice choice : standing.choices()) {
      list.append(
          """
          <form method="post" action="/u/%s%s"><input type="hidden" name="purpose" value="%s"><p>%s: %s
          <button class="quiet">%s</button></p></form>
          """
              .formatted(
                  token,
                  choice.stopped() ? "/undo" : "",
                  choice.purpose().code(),
                  name(choice.purpose()),
                  choice.stopped() ? "stopped." : "you get them.",
                  choice.stopped() ? "Undo: get them again" : "Stop these"));
    }
    return list.toString();
  }

  private static String name(Purpose purpose) {
    return switch (purpose) {
      case FOLLOW_UP -> "Review requests and follow-ups";
      case FUNDRAISING -> "Fundraising";
      case NEWSLETTER -> "News and offers";
      case TRANSACTIONAL -> "Service messages, such as confirmations";
    };
  }

  private static String unsubscribed(Standing standing, String token) {
    return page(
        "Unsubscribed",
        """
        <h1>You are unsubscribed</h1>
        <p>%s sends you no more %s.</p>
        <form method="post" action="/u/%s/undo"><button class="quiet">That was a mistake: undo</button></form>
        """
            .formatted(escape(standing.business()), kind(standing), token));
  }

  static String feedback(Standing standing, String token) {
    return page(
        "Your feedback",
        """
        <h1>How did %s do?</h1>
        <form method="post" action="/f/%s">
        <label for="comment">Tell us in your own words.</label>
        <textarea id="comment" name="comment" rows="6" maxlength="2000" required></textarea>
        <button>Send</button></form>
        """
            .formatted(escape(standing.business()), token));
  }

  static String thanks(Standing standing) {
    return page(
        "Thank you",
        "<h1>Thank you</h1><p>" + escape(standing.business()) + " has your feedback.</p>");
  }

  static String unknownLink() {
    return page(
        "Link not found",
        "<h1>This link leads nowhere</h1><p>It may have been cut off. Open it again from the message.</p>");
  }

  private static String kind(Standing standing) {
    return switch (standing.channel()) {
      case EMAIL -> "e-mails";
      case SMS -> "text messages";
    };
  }

  private static String escape(String text) {
    return HtmlUtils.htmlEscape(text, "UTF-8");
  }

  private static String page(String title, String content) {
    return """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>%s</title>
        <meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
        <style>body{font:17px/1.5 system-ui,sans-serif;max-width:32rem;margin:12vh auto;padding:0 1.25rem;color:#1d2433;background:#fbfbfd}
        h1{font-size:1.5rem;line-height:1.25}button{font:inherit;padding:.75rem 1.25rem;border:0;border-radius:.5rem;background:#1f5eff;color:#fff}
        button.quiet{background:#e6e9f2;color:#1d2433}textarea{font:inherit;width:100%%;box-sizing:border-box;margin:.5rem 0 1rem}
        @media(prefers-color-scheme:dark){body{background:#14171f;color:#e8ebf3}button.quiet{background:#2a3040;color:#e8ebf3}}</style>
        </head><body><main>%s</main></body></html>
        """
        .formatted(escape(title), content);
  }
}
