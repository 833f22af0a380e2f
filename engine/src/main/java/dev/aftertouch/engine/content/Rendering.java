package dev.aftertouch.engine.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values for one message. Answers the keys of its texts, and remembers the first variable that
 * had no value and the links that were made. Values are one line, without control characters, and
 * cut at {@value #LONGEST_VALUE} characters, so a message cannot outgrow its template.
 */
final class Rendering {
  static final int LONGEST_VALUE = 2_000;

  private final Map<String, String> variables;
  private final Layout layout;
  private final LinkWriter writer;
  private final List<RenderedLink> links = new ArrayList<>(2);
  private List<Tag> tags = List.of();
  private @Nullable String missing;

  Rendering(Map<String, String> variables, Layout layout, LinkWriter writer) {
    this.variables = variables;
    this.layout = layout;
    this.writer = writer;
  }

  /** Answers for the tags of that text from now on. */
  Rendering with(List<Tag> tagsOfText) {
    this.tags = tagsOfText;
    return this;
  }

  @Nullable String missing() {
    return missing;
  }

  List<RenderedLink> links() {
    return List.copyOf(links);
  }

  String value(int index) {
    return switch (tags.get(index)) {
      case Tag.Variable variable -> {
        String value = plain(variable);
        String tracked = Variables.trackedName(variable.name());
        yield tracked == null || !isWeb(value) ? value : link(tracked, value);
      }
      case Tag.LinkAddress address -> address(address.plan());
      case Tag.Opening opening -> "";
      case Tag.Closing closing -> "";
    };
  }

  boolean has(String name) {
    return lookUp(name) != null;
  }

  private String plain(Tag.Variable variable) {
    String value = lookUp(variable.name());
    if (value != null) {
      return value;
    }
    if (variable.fallback() != null) {
      return variable.fallback();
    }
    if (missing == null) {
      missing = variable.name();
    }
    return "";
  }

  private String address(LinkPlan plan) {
    String written = plan.target();
    StringBuilder target = new StringBuilder(written.length() + 64);
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (!Marked.isPrivate(c)) {
        target.append(c);
      } else if (tags.get(c - Marked.FIRST_MARK) instanceof Tag.Variable variable) {
        target.append(plain(variable));
      }
    }
    String address = target.toString();
    if (!isWeb(address)) {
      // A customer's field must not become a javascript: address; a link without a value leads
      // nowhere.
      return "#";
    }
    return plan.tracked() ? link(plan.name(), address) : address;
  }

  private String link(String name, String target) {
    for (RenderedLink link : links) {
      if (link.name().equals(name) && link.target().equals(target)) {
        return link.address();
      }
    }
    RenderedLink link = new RenderedLink(name, target, writer.write(name, target));
    links.add(link);
    return link.address();
  }

  private @Nullable String lookUp(String name) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      value =
          switch (name) {
            case Variables.COMPANY -> layout.senderName();
            case Variables.POSTAL_ADDRESS -> layout.postalAddress();
            default -> null;
          };
    }
    return value == null || value.isBlank() ? null : oneLine(value);
  }

  private static String oneLine(String value) {
    String cut = value.length() <= LONGEST_VALUE ? value : cut(value);
    for (int i = 0; i < cut.length(); i++) {
      if (cut.charAt(i) < ' ') {
        return withoutControls(cut);
      }
    }
    return cut;
  }

  private static String cut(String value) {
    int end =
        Character.isHighSurrogate(value.charAt(LONGEST_VALUE - 1))
            ? LONGEST_VALUE - 1
            : LONGEST_VALUE;
    return value.substring(0, end);
  }

  private static String withoutControls(String value) {
    StringBuilder line = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\n' || c == '\t') {
        line.append(' ');
      } else if (c >= ' ') {
        line.append(c);
      }
    }
    return line.toString();
  }

  private static boolean isWeb(String address) {
    String start = address.substring(0, Math.min(8, address.length())).toLowerCase(Locale.ROOT);
    return start.startsWith("https://") || start.startsWith("http://");
  }
}
