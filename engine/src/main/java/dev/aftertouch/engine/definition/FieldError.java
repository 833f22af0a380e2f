package dev.aftertouch.engine.definition;

/**
 * What is wrong with one field of a document.
 *
 * @param field path such as {@code steps[2].delay.amount}
 * @param code stable, such as {@code delay_not_positive}
 * @param message one sentence that says what to do
 */
public record FieldError(String field, String code, String message) {}
