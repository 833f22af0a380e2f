package dev.aftertouch.gateway.routing;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the services are.
 *
 * @param campaign base URL of campaign-service, and so on
 * @param connectTimeout after which a service counts as down
 * @param readTimeout after which an accepted request is given up
 */
@ConfigurationProperties("aftertouch.routes")
record RouteProperties(
    @DefaultValue("http://localhost:8101") URI campaign,
    @DefaultValue("http://localhost:8102") URI enrollment,
    @DefaultValue("http://localhost:8103") URI dispatch,
    @DefaultValue("http://localhost:8104") URI analytics,
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("30s") Duration readTimeout) {}
