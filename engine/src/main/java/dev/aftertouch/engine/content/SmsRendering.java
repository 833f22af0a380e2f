package dev.aftertouch.engine.content;

/** What came of rendering a text message. */
public sealed interface SmsRendering permits RenderedSms, MissingVariable {}
