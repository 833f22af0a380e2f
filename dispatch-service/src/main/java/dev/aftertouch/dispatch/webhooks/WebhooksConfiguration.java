package dev.aftertouch.dispatch.webhooks;

import dev.aftertouch.service.background.BackgroundLoop;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WebhooksConfiguration {
  @Bean
  BackgroundLoop waitingWebhooks(ReceiveWebhook receive) {
    return new BackgroundLoop("waiting-webhooks", Duration.ofSeconds(5), receive::retryWaiting);
  }
}
