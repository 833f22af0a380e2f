package dev.aftertouch.engine.content;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the message from a compiled template and one customer's values. An absent or blank value
 * counts as missing; a variable outside a section that is not shown must have a value or a default.
 */
public final class Renderer {
  /** Appended to the first text message of an enrollment that does not say it itself. */
  public static final String OPT_OUT = "Reply STOP to opt out";

  private Renderer() {}

  /**
   * Renders an e-mail.
   *
   * @param variables values by name, custom fields as {@code custom.<field>}; {@code
   *     unsubscribe_link} must be among them
   */
  public static EmailRendering email(
      CompiledTemplate.Email template,
      Map<String, String> variables,
      Layout layout,
      LinkWriter links) {
    Rendering values = new Rendering(variables, layout, links);
    String subject = template.subject.render(values.with(template.subjectTags)).strip();
    String html = template.html.render(values.with(template.bodyTags));
    String text = template.text.render(values).strip() + "\n";
    String missing = values.missing();
    return missing == null
        ? new RenderedEmail(subject, html, text, values.links())
        : new MissingVariable(missing);
  }

  /**
   * Renders a text message, in plain characters where that saves segments.
   *
   * @param first whether it is the first one of the enrollment: it then names the sender and says
   *     how to opt out
   */
  public static SmsRendering sms(
      CompiledTemplate.Sms template,
      Map<String, String> variables,
      Layout layout,
      boolean first,
      LinkWriter links) {
    Rendering values = new Rendering(variables, layout, links);
    String body = PlainCharacters.of(template.body.render(values.with(template.tags)));
    String missing = values.missing();
    if (missing != null) {
      return new MissingVariable(missing);
    }
    String message =
        first ? introduced(body.strip(), PlainCharacters.of(layout.senderName())) : body.strip();
    return new RenderedSms(message, SmsSegments.of(message), values.links());
  }

  private static String introduced(String body, String sender) {
    String named = containsIgnoringCase(body, sender) ? body : sender + ": " + body;
    if (saysStop(named)) {
      return named;
    }
    String separator = endsSentence(named) ? " " : ". ";
    return named + separator + OPT_OUT;
  }

  private static boolean saysStop(String body) {
    return body.contains("STOP") || containsIgnoringCase(body, "reply stop");
  }

  private static boolean endsSentence(String body) {
    return !body.isEmpty() && ".!?:)".indexOf(body.charAt(body.length() - 1)) >= 0;
  }

  private static boolean containsIgnoringCase(@Nullable String text, String part) {
    return text != null && text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }
}
