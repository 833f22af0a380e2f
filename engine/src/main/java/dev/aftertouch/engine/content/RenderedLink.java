package dev.aftertouch.engine.content;

/**
 * A link of a message.
 *
 * @param name as given to the {@link LinkWriter}
 * @param target where the author meant it to lead
 * @param address what the message holds
 */
public record RenderedLink(String name, String target, String address) {}
