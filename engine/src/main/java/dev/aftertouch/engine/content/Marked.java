package dev.aftertouch.engine.content;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A template's text in which each tag has become one mark: the private-use character {@link
 * #FIRST_MARK} plus the tag's place in the list. So the text can go through an HTML parser, and
 * nothing an author writes is ever read as a tag twice.
 *
 * @param problems what is wrong with the tags; the text is not to be rendered then
 */
record Marked(String text, List<Tag> tags, List<Fault> problems) {
  /** A mistake in the text, without the part of the template that it is in. */
  record Fault(String code, String message) {
    ContentProblem in(String part) {
      return new ContentProblem(part, code, message);
    }
  }

  static final char FIRST_MARK = '\uE000';
  static final char LAST_MARK = '\uF000';
  static final int MOST_TAGS = 200;
  static final int DEEPEST = 4;

  private static final char LAST_PRIVATE = '\uF8FF';

  static Marked read(String source) {
    return new Reader(source).read();
  }

  /** The tag of that character; null when it is none. */
  @Nullable Tag tag(char c) {
    int index = c - FIRST_MARK;
    return index >= 0 && index < tags.size() ? tags.get(index) : null;
  }

  static boolean isPrivate(char c) {
    return c >= FIRST_MARK && c <= LAST_PRIVATE;
  }

  static char mark(int index) {
    return (char) (FIRST_MARK + index);
  }

  private static final class Reader {
    private final String source;
    private final StringBuilder text;
    private final List<Tag> tags = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Deque<String> open = new ArrayDeque<>();

    Reader(String source) {
      this.source = source;
      this.text = new StringBuilder(source.length());
    }

    Marked read() {
      int position = 0;
      while (position < source.length()) {
        int start = source.indexOf("{{", position);
        if (start < 0) {
          break;
        }
        literal(position, start);
        int end = source.indexOf("}}", start + 2);
        if (end < 0) {
          fault("tag_unclosed", "The tag at \"" + excerpt(start) + "\" has no closing }}.");
          return done();
        }
        tag(source.substring(start + 2, end).strip(), start);
        position = end + 2;
      }
      literal(position, source.length());
      for (String name : open) {
        fault("section_unclosed", "The section {{#" + name + "}} has no {{/" + name + "}}.");
      }
      return done();
    }

    private Marked done() {
      return new Marked(text.toString(), List.copyOf(tags), List.copyOf(faults));
    }

    private void literal(int from, int until) {
      for (int i = from; i < until; i++) {
        char c = source.charAt(i);
        if (c != 0 && !isPrivate(c)) {
          text.append(c);
        }
      }
    }

    private void tag(String content, int start) {
      if (content.isEmpty()) {
        fault("tag_empty", "Write the name of a variable between {{ and }}.");
        return;
      }
      switch (content.charAt(0)) {
        case '!' -> {}
        case '#' -> opening(content.substring(1).strip(), false);
        case '^' -> opening(content.substring(1).strip(), true);
        case '/' -> closing(content.substring(1).strip());
        case '{', '&', '>', '=', '<', '$', '*' ->
            fault(
                "tag_not_allowed",
                "The tag at \""
                    + excerpt(start)
                    + "\" is not possible here; variables are written {{name}} or {{name|default}}.");
        default -> variable(content);
      }
    }

    private void variable(String content) {
      int bar = content.indexOf('|');
      String fallback = bar < 0 ? null : clean(content.substring(bar + 1).strip());
      add(new Tag.Variable(clean(bar < 0 ? content : content.substring(0, bar).strip()), fallback));
    }

    private void opening(String name, boolean inverted) {
      if (open.size() == DEEPEST) {
        fault("sections_too_deep", "Sections can be nested " + DEEPEST + " deep at most.");
        return;
      }
      open.push(name);
      add(new Tag.Opening(clean(name), inverted));
    }

    private void closing(String name) {
      if (!name.equals(open.peek())) {
        fault("section_not_open", "{{/" + name + "}} closes a section that is not the open one.");
        return;
      }
      open.pop();
      add(new Tag.Closing(clean(name)));
    }

    private void add(Tag tag) {
      if (tags.size() == MOST_TAGS) {
        fault("too_many_tags", "A text can hold " + MOST_TAGS + " tags at most.");
        return;
      }
      text.append(mark(tags.size()));
      tags.add(tag);
    }

    private void fault(String code, String message) {
      if (faults.stream().noneMatch(fault -> fault.code().equals(code))) {
        faults.add(new Fault(code, message));
      }
    }

    private String excerpt(int start) {
      return clean(source.substring(start, Math.min(source.length(), start + 20)));
    }

    private static String clean(String text) {
      StringBuilder cleaned = new StringBuilder(text.length());
      text.chars()
          .filter(c -> c >= ' ' && !isPrivate((char) c))
          .forEach(c -> cleaned.append((char) c));
      return cleaned.toString();
    }
  }
}
