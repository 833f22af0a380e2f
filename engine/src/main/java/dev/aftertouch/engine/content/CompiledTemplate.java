package dev.aftertouch.engine.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A template made ready for rendering. Compile once per campaign version and step, and keep it: it
 * is immutable.
 */
public sealed interface CompiledTemplate {
  /** Whether that variable's value can matter to the message, be it shown or only asked for. */
  boolean uses(String variable);

  /** An e-mail's subject, HTML and plain text, the footer included. */
  final class Email implements CompiledTemplate {
    final CompiledText subject;
    final List<Tag> subjectTags;
    final CompiledText html;
    final CompiledText text;
    final List<Tag> bodyTags;

    private Email(
        CompiledText subject,
        List<Tag> subjectTags,
        CompiledText html,
        CompiledText text,
        List<Tag> bodyTags) {
      this.subject = subject;
      this.subjectTags = subjectTags;
      this.html = html;
      this.text = text;
      this.bodyTags = bodyTags;
    }

    @Override
    public boolean uses(String variable) {
      return names(subjectTags, variable) || names(bodyTags, variable);
    }
  }

  /** A text message's body. */
  final class Sms implements CompiledTemplate {
    final CompiledText body;
    final List<Tag> tags;

    private Sms(CompiledText body, List<Tag> tags) {
      this.body = body;
      this.tags = tags;
    }

    @Override
    public boolean uses(String variable) {
      return names(tags, variable);
    }
  }

  /** It cannot be rendered; {@link ContentRules} says so before publishing. */
  record Malformed(List<ContentProblem> problems) implements CompiledTemplate {
    @Override
    public boolean uses(String variable) {
      return false;
    }
  }

  private static boolean names(List<Tag> tags, String variable) {
    for (Tag tag : tags) {
      boolean named =
          switch (tag) {
            case Tag.Variable value -> value.name().equals(variable);
            case Tag.Opening section -> section.name().equals(variable);
            case Tag.Closing ignored -> false;
            case Tag.LinkAddress ignored -> false;
          };
      if (named) {
        return true;
      }
    }
    return false;
  }

  /** Compiles an e-mail: {@link Email} or {@link Malformed}. */
  static CompiledTemplate email(@Nullable String subject, String html) {
    Marked line = Marked.read(subject == null ? "" : subject.replaceAll("[\\r\\n]+", " "));
    // The author's part is judged alone: what it leaves open would swallow the footer.
    Marked own = HtmlLinks.replaceIn(Marked.read(html));
    List<ContentProblem> problems = new ArrayList<>();
    line.problems().forEach(fault -> problems.add(fault.in("subject")));
    own.problems().forEach(fault -> problems.add(fault.in("body")));
    if (!problems.isEmpty()) {
      return new Malformed(List.copyOf(problems));
    }
    Marked body = HtmlLinks.replaceIn(Marked.read(Footer.appendTo(html, own)));
    Marked text = new Marked(PlainText.of(body), body.tags(), List.of());
    Optional<CompiledText> compiledLine = CompiledText.plain(line);
    Optional<CompiledText> compiledHtml = CompiledText.html(body);
    Optional<CompiledText> compiledText = CompiledText.plain(text);
    if (compiledLine.isEmpty() || compiledHtml.isEmpty() || compiledText.isEmpty()) {
      return new Malformed(
          List.of(
              new ContentProblem(
                  "body",
                  "section_split",
                  "A section must open and close inside the same HTML element.")));
    }
    return new Email(
        compiledLine.get(), line.tags(), compiledHtml.get(), compiledText.get(), body.tags());
  }

  /** Compiles a text message: {@link Sms} or {@link Malformed}. */
  static CompiledTemplate sms(String body) {
    Marked marked = Marked.read(body);
    if (!marked.problems().isEmpty()) {
      return new Malformed(marked.problems().stream().map(fault -> fault.in("body")).toList());
    }
    return CompiledText.plain(marked)
        .<CompiledTemplate>map(text -> new Sms(text, marked.tags()))
        .orElseGet(
            () ->
                new Malformed(
                    List.of(
                        new ContentProblem(
                            "body", "section_split", "The sections do not fit into each other."))));
  }
}
