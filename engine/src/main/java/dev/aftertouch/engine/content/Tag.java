package dev.aftertouch.engine.content;

import org.jspecify.annotations.Nullable;

/** What stands in a template's text for a mark. */
sealed interface Tag {
  /** {@code {{name}}} or {@code {{name|default}}}. */
  record Variable(String name, @Nullable String fallback) implements Tag {}

  /**
   * {@code {{#name}}}: what follows appears only for a customer with a value; inverted, only for
   * one without.
   */
  record Opening(String name, boolean inverted) implements Tag {}

  /** {@code {{/name}}}. */
  record Closing(String name) implements Tag {}

  /** The address of a link, put in the place of the one that the author wrote. */
  record LinkAddress(LinkPlan plan) implements Tag {}
}
