package dev.aftertouch.engine.content;

import java.util.List;

/** A text message ready to be handed over, and what it costs. */
public record RenderedSms(String body, SmsSegments segments, List<RenderedLink> links)
    implements SmsRendering {}
