package dev.aftertouch.engine.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.parser.Parser;

/**
 * Walks the author's HTML, leaves it as it is and replaces only the addresses of links by marks. A
 * variable anywhere else in a tag must stand in a quoted attribute: anywhere else its value could
 * add attributes of its own.
 */
final class HtmlLinks {
  private final Marked source;
  private final String html;
  private final StringBuilder text;
  private final List<Tag> tags;
  private final List<Marked.Fault> faults;
  private final Map<String, String> numbered = new LinkedHashMap<>();
  private int position;

  private HtmlLinks(Marked source) {
    this.source = source;
    this.html = source.text();
    this.text = new StringBuilder(html.length());
    this.tags = new ArrayList<>(source.tags());
    this.faults = new ArrayList<>(source.problems());
  }

  static Marked replaceIn(Marked source) {
    HtmlLinks links = new HtmlLinks(source);
    links.walk();
    return new Marked(links.text.toString(), List.copyOf(links.tags), List.copyOf(links.faults));
  }

  private void walk() {
    while (position < html.length()) {
      char c = html.charAt(position);
      if (c != '<' || position + 1 == html.length()) {
        copy(position + 1);
      } else if (html.startsWith("<!--", position)) {
        copyThrough("-->");
      } else if (Character.isLetter(html.charAt(position + 1))) {
        element();
      } else {
        copy(position + 1);
      }
    }
  }

  private void element() {
    int end = position + 1;
    while (end < html.length() && Character.isLetterOrDigit(html.charAt(end))) {
      end++;
    }
    String name = html.substring(position + 1, end).toLowerCase(Locale.ROOT);
    copy(end);
    while (position < html.length() && html.charAt(position) != '>') {
      char c = html.charAt(position);
      if (c == '/' || Character.isWhitespace(c)) {
        copy(position + 1);
      } else {
        attribute(name);
      }
    }
    if (position >= html.length()) {
      faults.add(new Marked.Fault("html_unclosed", "The tag <" + name + " has no closing >."));
    }
    if (name.equals("style")) {
      copyThrough("</style");
    }
  }

  private void attribute(String element) {
    int end = position;
    while (end < html.length()
        && "=/>".indexOf(html.charAt(end)) < 0
        && !Character.isWhitespace(html.charAt(end))) {
      end++;
    }
    String name = html.substring(position, end).toLowerCase(Locale.ROOT);
    refuseMarks(name);
    copy(Math.max(end, position + 1));
    skipSpace();
    if (name.isEmpty() || position >= html.length() || html.charAt(position) != '=') {
      return;
    }
    copy(position + 1);
    skipSpace();
    boolean isLink = name.equals("href") && (element.equals("a") || element.equals("area"));
    if (position < html.length()
        && (html.charAt(position) == '"' || html.charAt(position) == '\'')) {
      quoted(html.charAt(position), isLink);
    } else {
      unquoted(isLink);
    }
  }

  private void quoted(char quote, boolean isLink) {
    int end = html.indexOf(quote, position + 1);
    if (end < 0) {
      faults.add(new Marked.Fault("html_unclosed", "An attribute's value has no closing quote."));
      copy(html.length());
      return;
    }
    String value = html.substring(position + 1, end);
    text.append(quote).append(isLink ? address(value) : value).append(quote);
    position = end + 1;
  }

  private void unquoted(boolean isLink) {
    int end = position;
    while (end < html.length()
        && html.charAt(end) != '>'
        && !Character.isWhitespace(html.charAt(end))) {
      end++;
    }
    String value = html.substring(position, end);
    refuseMarks(value);
    text.append('"').append(isLink ? address(value) : value.replace("\"", "&quot;")).append('"');
    position = end;
  }

  /** What to write in place of the address: itself when it leads nowhere outside, else a mark. */
  private String address(String written) {
    String target = Parser.unescapeEntities(written.strip(), true);
    if (target.isEmpty() || isLocal(target)) {
      return written;
    }
    for (int i = 0; i < target.length(); i++) {
      if (Marked.isPrivate(target.charAt(i))
          && !(source.tag(target.charAt(i)) instanceof Tag.Variable)) {
        faults.add(
            new Marked.Fault("section_in_link", "The address of a link cannot hold a section."));
        return written;
      }
    }
    if (tags.size() >= 2 * Marked.MOST_TAGS) {
      faults.add(
          new Marked.Fault(
              "too_many_links", "An e-mail can hold " + Marked.MOST_TAGS + " links at most."));
      return written;
    }
    tags.add(new Tag.LinkAddress(plan(target)));
    return String.valueOf(Marked.mark(tags.size() - 1));
  }

  private LinkPlan plan(String target) {
    if (source.tag(target.charAt(0)) instanceof Tag.Variable variable) {
      if (variable.name().equals(Variables.UNSUBSCRIBE)) {
        return new LinkPlan("unsubscribe", target, false);
      }
      String tracked = Variables.trackedName(variable.name());
      if (tracked != null) {
        return new LinkPlan(tracked, target, true);
      }
    }
    String known = numbered.get(target);
    String name = known == null ? "link-" + (numbered.size() + 1) : known;
    numbered.put(target, name);
    return new LinkPlan(name, target, true);
  }

  private static boolean isLocal(String target) {
    String lower = target.toLowerCase(Locale.ROOT);
    return lower.startsWith("#")
        || lower.startsWith("mailto:")
        || lower.startsWith("tel:")
        || lower.startsWith("sms:");
  }

  private void refuseMarks(String markup) {
    if (markup.chars().anyMatch(c -> Marked.isPrivate((char) c))) {
      faults.add(
          new Marked.Fault(
              "variable_unquoted",
              "A variable inside an HTML tag must stand in a quoted attribute."));
    }
  }

  private void skipSpace() {
    while (position < html.length() && Character.isWhitespace(html.charAt(position))) {
      copy(position + 1);
    }
  }

  private void copyThrough(String end) {
    int found = html.indexOf(end, position);
    if (found < 0) {
      faults.add(new Marked.Fault("html_unclosed", "Close the HTML with " + end + "."));
    }
    copy(found < 0 ? html.length() : found + end.length());
  }

  private void copy(int until) {
    int end = Math.min(until, html.length());
    text.append(html, position, end);
    position = end;
  }
}
