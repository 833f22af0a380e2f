package dev.aftertouch.engine.content;

import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the variables of a template's text. */
public final class TemplateVariables {
  private TemplateVariables() {}

  /**
   * The names that it uses, in the order of their first use, those of sections included and without
   * their defaults.
   */
  public static Set<String> namesIn(String text) {
    Set<String> names = new LinkedHashSet<>();
    for (Tag tag : Marked.read(text).tags()) {
      switch (tag) {
        case Tag.Variable variable -> names.add(variable.name());
        case Tag.Opening opening -> names.add(opening.name());
        case Tag.Closing ignored -> {}
        case Tag.LinkAddress ignored -> {}
      }
    }
    return names;
  }
}
