package dev.aftertouch.engine.content;

/** What came of rendering an e-mail. */
public sealed interface EmailRendering permits RenderedEmail, MissingVariable {}
