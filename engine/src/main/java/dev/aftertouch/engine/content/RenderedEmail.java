package dev.aftertouch.engine.content;

import java.util.List;

/**
 * An e-mail ready to be handed over.
 *
 * @param subject one line
 * @param links those that the link writer was asked for, in the order of their first use
 */
public record RenderedEmail(String subject, String html, String text, List<RenderedLink> links)
    implements EmailRendering {}
