package dev.aftertouch.engine.content;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** What a template must fulfil before it is published. An empty list means that it can be. */
public final class ContentRules {
  /** Longest subject, in characters. */
  public static final int LONGEST_SUBJECT = 200;

  /** Longest e-mail body, in characters. */
  public static final int LONGEST_EMAIL = 100_000;

  /** Longest text message before rendering, in characters. */
  public static final int LONGEST_SMS = 1_600;

  /** Length taken for a variable whose value is not known yet. */
  private static final int WORST_CASE_VALUE = 40;

  private static final Set<String> REFUSED_ELEMENTS =
      Set.of(
          "script",
          "iframe",
          "frame",
          "object",
          "embed",
          "form",
          "input",
          "button",
          "base",
          "link",
          "svg",
          "math",
          "textarea",
          "select",
          "template",
          "plaintext",
          "xmp",
          "noembed",
          "noframes");

  private static final Set<String> ADDRESS_ATTRIBUTES =
      Set.of(
          "href",
          "src",
          "action",
          "background",
          "formaction",
          "poster",
          "cite",
          "xlink:href",
          "srcset");

  private ContentRules() {}

  /** Judges an e-mail. */
  public static List<ContentProblem> email(@Nullable String subject, String html) {
    Set<ContentProblem> problems = new LinkedHashSet<>();
    checkSubject(subject, problems);
    if (html.isBlank()) {
      problems.add(new ContentProblem("body", "missing", "Write what the e-mail says."));
    } else if (html.length() > LONGEST_EMAIL) {
      problems.add(tooLong("body", LONGEST_EMAIL));
    } else {
      checkNames("body", html, problems);
      if (CompiledTemplate.email(subject, html) instanceof CompiledTemplate.Malformed malformed) {
        problems.addAll(malformed.problems());
      }
      checkHtml(html, problems);
    }
    return List.copyOf(problems);
  }

  /** Judges a text message. */
  public static List<ContentProblem> sms(String body) {
    Set<ContentProblem> problems = new LinkedHashSet<>();
    if (body.isBlank()) {
      problems.add(new ContentProblem("body", "missing", "Write what the text message says."));
    } else if (body.length() > LONGEST_SMS) {
      problems.add(tooLong("body", LONGEST_SMS));
    } else {
      checkNames("body", body, problems);
      if (CompiledTemplate.sms(body) instanceof CompiledTemplate.Malformed malformed) {
        problems.addAll(malformed.problems());
      }
    }
    return List.copyOf(problems);
  }

  /**
   * Segments that a text message takes at worst: with long values, the sender's name and the
   * opt-out words.
   */
  public static int worstCaseSegments(String body, String senderName) {
    StringBuilder message = new StringBuilder(PlainCharacters.of(senderName)).append(": ");
    Marked marked = Marked.read(body);
    for (char c : PlainCharacters.of(marked.text()).toCharArray()) {
      switch (marked.tag(c)) {
        case null -> message.append(c);
        case Tag.Variable ignored -> message.repeat('x', WORST_CASE_VALUE);
        case Tag.Opening ignored -> {}
        case Tag.Closing ignored -> {}
        case Tag.LinkAddress ignored -> {}
      }
    }
    return SmsSegments.of(message.append(". ").append(Renderer.OPT_OUT).toString()).count();
  }

  private static void checkSubject(@Nullable String subject, Set<ContentProblem> problems) {
    if (subject == null || subject.isBlank()) {
      problems.add(new ContentProblem("subject", "subject_missing", "An e-mail needs a subject."));
      return;
    }
    if (subject.length() > LONGEST_SUBJECT) {
      problems.add(tooLong("subject", LONGEST_SUBJECT));
    }
    if (subject.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
      problems.add(
          new ContentProblem(
              "subject", "subject_has_line_break", "A subject is one line without breaks."));
    }
    checkNames("subject", subject, problems);
  }

  private static void checkNames(String part, String text, Set<ContentProblem> problems) {
    for (String name : TemplateVariables.namesIn(text)) {
      if (!Variables.isKnown(name)) {
        problems.add(
            new ContentProblem(
                part,
                "unknown_variable",
                "{{"
                    + name
                    + "}} is no variable. Possible are "
                    + String.join(", ", new TreeSet<>(Variables.KNOWN))
                    + " and custom.<field>."));
      }
    }
  }

  private static void checkHtml(String html, Set<ContentProblem> problems) {
    for (Element element : Jsoup.parse(Marked.read(html).text()).getAllElements()) {
      if (REFUSED_ELEMENTS.contains(element.normalName())) {
        problems.add(
            new ContentProblem(
                "body",
                "html_not_allowed",
                "Remove <"
                    + element.normalName()
                    + ">: e-mails hold text, links and images only."));
      }
      for (Attribute attribute : element.attributes()) {
        checkAttribute(attribute, problems);
      }
    }
  }

  private static void checkAttribute(Attribute attribute, Set<ContentProblem> problems) {
    String name = attribute.getKey().toLowerCase(Locale.ROOT);
    if (name.startsWith("on")) {
      problems.add(
          new ContentProblem(
              "body",
              "html_not_allowed",
              "Remove the attribute " + name + ": e-mails run no scripts."));
    } else if (name.equals("http-equiv")
        && attribute.getValue().strip().equalsIgnoreCase("refresh")) {
      problems.add(
          new ContentProblem(
              "body", "html_not_allowed", "Remove the refresh: an e-mail stays where it is."));
    } else if (ADDRESS_ATTRIBUTES.contains(name) && hasScriptScheme(attribute.getValue())) {
      problems.add(
          new ContentProblem(
              "body",
              "address_not_allowed",
              "An address in " + name + " must begin with https:// or http://."));
    }
  }

  private static boolean hasScriptScheme(String address) {
    StringBuilder visible = new StringBuilder(address.length());
    address.chars().filter(c -> c > ' ').forEach(c -> visible.append((char) c));
    String start = visible.toString().toLowerCase(Locale.ROOT);
    return List.of("javascript:", "vbscript:", "data:", "file:").stream()
        .anyMatch(start::startsWith);
  }

  private static ContentProblem tooLong(String part, int limit) {
    return new ContentProblem(part, "too_long", "It can have " + limit + " characters at most.");
  }
}
