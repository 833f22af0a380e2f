package dev.aftertouch.engine.content;

import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeVisitor;

/**
 * The plain-text part of an e-mail, derived from its HTML: paragraphs become blank lines, a link's
 * address follows its words. Parsed as XML, because an HTML parser would move a section's marks out
 * of a table.
 */
final class PlainText implements NodeVisitor {
  private static final Set<String> UNSEEN = Set.of("head", "style", "script", "title", "template");
  private static final Set<String> PARAGRAPHS =
      Set.of(
          "p",
          "div",
          "table",
          "ul",
          "ol",
          "blockquote",
          "section",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "hr");

  private final StringBuilder text = new StringBuilder();
  private final Marked marked;
  private int unseen;

  private PlainText(Marked marked) {
    this.marked = marked;
  }

  static String of(Marked html) {
    PlainText plain = new PlainText(html);
    Jsoup.parse(html.text(), "", Parser.xmlParser()).traverse(plain);
    plain.appendIfUnseen(Variables.POSTAL_ADDRESS);
    plain.appendIfUnseen(Variables.UNSUBSCRIBE);
    return plain.text.toString().strip() + "\n";
  }

  /**
   * Odd HTML can hide the end of an e-mail from the parser; what the law asks for is not hidden
   * with it.
   */
  private void appendIfUnseen(String variable) {
    List<Tag> tags = marked.tags();
    int first = -1;
    for (int i = tags.size() - 1; i >= 0; i--) {
      if (leadsTo(variable, tags.get(i))) {
        if (text.indexOf(String.valueOf(Marked.mark(i))) >= 0) {
          return;
        }
        first = i;
      }
    }
    if (first >= 0) {
      breakLines(2);
      text.append(Marked.mark(first));
    }
  }

  private boolean leadsTo(String variable, Tag tag) {
    return switch (tag) {
      case Tag.Variable named -> named.name().equals(variable);
      case Tag.LinkAddress address ->
          variable.equals(Variables.UNSUBSCRIBE) && !address.plan().tracked();
      case Tag.Opening ignored -> false;
      case Tag.Closing ignored -> false;
    };
  }

  @Override
  public void head(Node node, int depth) {
    if (node instanceof Element element) {
      String name = element.normalName();
      if (UNSEEN.contains(name)) {
        unseen++;
      } else if (unseen == 0) {
        open(element, name);
      }
    } else if (node instanceof TextNode words && unseen == 0) {
      append(words.getWholeText());
    }
  }

  @Override
  public void tail(Node node, int depth) {
    if (node instanceof Element element) {
      String name = element.normalName();
      if (UNSEEN.contains(name)) {
        unseen--;
      } else if (unseen == 0) {
        close(element, name);
      }
    }
  }

  private void open(Element element, String name) {
    if (PARAGRAPHS.contains(name)) {
      breakLines(2);
    } else if (name.equals("br")) {
      endLine();
    } else if (name.equals("li")) {
      breakLines(1);
      text.append("- ");
    } else if (name.equals("tr")) {
      breakLines(1);
    } else if (name.equals("img")) {
      append(element.attr("alt"));
    }
  }

  private void close(Element element, String name) {
    if (PARAGRAPHS.contains(name)) {
      breakLines(2);
    } else if (name.equals("td") || name.equals("th")) {
      append(" ");
    } else if (name.equals("a")) {
      String address = element.attr("href");
      if (!address.isEmpty() && Marked.isPrivate(address.charAt(0)) && !showsItsAddress(element)) {
        text.append(" (").append(address).append(')');
      }
    }
  }

  private boolean showsItsAddress(Element link) {
    String words = link.wholeText().strip();
    return words.length() == 1
        && marked.tag(words.charAt(0)) instanceof Tag.Variable variable
        && variable.name().endsWith("_link");
  }

  private void append(String words) {
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      boolean isSpace = Character.isWhitespace(c) || c == '\u00A0';
      boolean isAtBreak = text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
      if (!isSpace) {
        text.append(c);
      } else if (!isAtBreak) {
        text.append(' ');
      }
    }
  }

  private void endLine() {
    trimSpaces();
    text.append('\n');
  }

  private void breakLines(int wanted) {
    trimSpaces();
    if (text.isEmpty()) {
      return;
    }
    int breaks = 0;
    for (int i = text.length() - 1; i >= 0 && text.charAt(i) == '\n'; i--) {
      breaks++;
    }
    text.append("\n".repeat(Math.max(0, wanted - breaks)));
  }

  private void trimSpaces() {
    while (!text.isEmpty() && text.charAt(text.length() - 1) == ' ') {
      text.setLength(text.length() - 1);
    }
  }
}
