package dev.aftertouch.engine.content;

/**
 * Why a template cannot be published.
 *
 * @param part {@code subject} or {@code body}
 * @param code stable, such as {@code tag_unclosed}
 * @param message one sentence that says what to do
 */
public record ContentProblem(String part, String code, String message) {}
