package dev.aftertouch.engine.content;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the variables of a template's text. */
public final class TemplateVariables {
  private static final Pattern TAG = Pattern.compile("\\{\\{([^{}]*)}}");

  private TemplateVariables() {}

  /**
   * The names between double braces, without their defaults, in the order of their first use. What
   * is no name, such as {@code #section}, is returned as it stands and so is no known variable.
   */
  public static Set<String> namesIn(String text) {
    Set<String> names = new LinkedHashSet<>();
    Matcher tags = TAG.matcher(text);
    while (tags.find()) {
      String tag = tags.group(1);
      int bar = tag.indexOf('|');
      names.add((bar < 0 ? tag : tag.substring(0, bar)).strip());
    }
    return names;
  }
}
