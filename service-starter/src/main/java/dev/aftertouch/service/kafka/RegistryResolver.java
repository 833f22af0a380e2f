package dev.aftertouch.service.kafka;

import io.apicurio.registry.client.RegistryClientFactory;
import io.apicurio.registry.client.common.RegistryClientOptions;
import io.apicurio.registry.resolver.DefaultSchemaResolver;
import io.apicurio.registry.resolver.SchemaParser;
import io.apicurio.registry.resolver.client.RegistryClientFacadeImpl;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Asks the schema registry as the resolver does that it extends, but waits a limited time only: by
 * itself that waits for ever, and about once in thirty thousand requests over new connections no
 * answer comes, so a consumer would stand until its group expels it. What takes longer fails as if
 * the registry were away, and is asked again.
 *
 * @param <T> what is encoded and decoded
 */
public final class RegistryResolver<T> extends DefaultSchemaResolver<Schema, T> {
  /** Milliseconds, as a {@link Long}: the longest silence of the registry within a request. */
  static final String PATIENCE = "aftertouch.registry.patience-ms";

  private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(3);

  /** One thread for all the resolvers of a process: they hardly ever ask. */
  private static final class Threads {
    static final Vertx VERTX =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true));
  }

  private @Nullable WebClient http;

  @Override
  public void configure(Map<String, ?> config, SchemaParser<Schema, T> parser) {
    long patience =
        config.get(PATIENCE) instanceof Long millis ? millis : DEFAULT_PATIENCE.toMillis();
    http =
        WebClient.create(
            Threads.VERTX,
            new WebClientOptions()
                .setConnectTimeout(Math.toIntExact(patience))
                .setIdleTimeout(Math.toIntExact(patience))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
    RegistryClientOptions registry =
        RegistryClientOptions.create(
                String.valueOf(config.get("apicurio.registry.url")), Threads.VERTX)
            .customWebClient(http);
    setClientFacade(new RegistryClientFacadeImpl(RegistryClientFactory.create(registry)));
    super.configure(config, parser);
  }

  @Override
  public void close() throws IOException {
    super.close();
    if (http != null) {
      http.close();
    }
  }
}
