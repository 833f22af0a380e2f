package dev.aftertouch.engine.definition;

/**
 * A campaign that comes with the product. It cannot be changed; it is duplicated (MT-02).
 *
 * @param key stable, such as {@code standard}
 */
public record Preset(String key, String name, CampaignDefinition definition) {}
