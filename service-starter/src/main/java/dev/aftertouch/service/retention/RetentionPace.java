package dev.aftertouch.service.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How fast a service forgets.
 *
 * @param batch most rows of one transaction
 * @param pause real time between two rounds of a transaction for each kind of row
 * @param every real time from the end of a kind's rows until they are looked at again
 */
@ConfigurationProperties("aftertouch.retention")
public record RetentionPace(
    @DefaultValue("500") int batch,
    @DefaultValue("1s") Duration pause,
    @DefaultValue("1h") Duration every) {}
