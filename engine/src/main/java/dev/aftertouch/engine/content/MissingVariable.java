package dev.aftertouch.engine.content;

/** This customer has no value for a variable that has no default. */
public record MissingVariable(String name) implements EmailRendering, SmsRendering {}
