package dev.aftertouch.dispatch.sending;

import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SendingConfiguration {
  private static final int TRIES_WITH_KEY = 3;
  private static final Duration PAUSE_BETWEEN_TRIES = Duration.ofMillis(250);

  @Bean(destroyMethod = "close")
  SendingLoop sendingLoop() {
    return new SendingLoop();
  }

  @Bean(destroyMethod = "close")
  HttpCalls providerCalls(SendingLoop sendingLoop) {
    return new HttpCalls(sendingLoop.thread());
  }

  @Bean
  ResendProvider resend(ProvidersProperties properties, HttpCalls providerCalls) {
    return new ResendProvider(properties.resend(), providerCalls);
  }

  @Bean
  TwilioProvider twilio(
      ProvidersProperties properties,
      HttpCalls providerCalls,
      @Value("${aftertouch.links.public-url}") URI publicUrl) {
    return new TwilioProvider(properties.twilio(), publicUrl, providerCalls);
  }

  @Bean
  TwilioMessages twilioMessages(ProvidersProperties properties, HttpCalls providerCalls) {
    return new TwilioMessages(properties, providerCalls);
  }

  @Bean(destroyMethod = "close")
  SmtpProvider smtp(
      ProvidersProperties properties,
      @Qualifier("sendingThreads") ExecutorService sendingThreads,
      TimeLimiterRegistry limiters,
      SendingLoop sendingLoop) {
    TimeLimiterConfig limit =
        TimeLimiterConfig.custom()
            .timeoutDuration(properties.timeout())
            .cancelRunningFuture(true)
            .build();
    return new SmtpProvider(
        properties.smtp(),
        sendingThreads,
        limiters.timeLimiter(ProviderName.SMTP.code(), limit),
        sendingLoop.thread());
  }

  @Bean
  Providers providers(List<Provider> all) {
    return new Providers(all);
  }

  @Bean(destroyMethod = "close")
  ExecutorService sendingThreads() {
    return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("send-", 0).factory());
  }

  /**
   * Limits that follow from our own settings are made here; how a circuit breaker judges is
   * resilience4j's own configuration (application.yml), so that an operator can tune it.
   */
  @Bean
  SendMessages sendMessages(
      Providers providers,
      ProvidersProperties properties,
      SendingLoop sendingLoop,
      CircuitBreakerRegistry breakers,
      BulkheadRegistry bulkheads,
      RetryRegistry retries) {
    BulkheadConfig places =
        BulkheadConfig.custom()
            .maxConcurrentCalls(properties.inFlight())
            .maxWaitDuration(Duration.ZERO)
            .build();
    Map<ProviderName, Guards> guards = new EnumMap<>(ProviderName.class);
    for (ProviderName name : ProviderName.values()) {
      guards.put(
          name,
          new Guards(
              breakers.circuitBreaker(name.code()),
              bulkheads.bulkhead(name.code(), places),
              retries.retry(name.code(), sameKeyAgain())));
    }
    return new SendMessages(providers, guards, sendingLoop.thread(), properties);
  }

  private static RetryConfig sameKeyAgain() {
    return RetryConfig.<ProviderAnswer>custom()
        .maxAttempts(TRIES_WITH_KEY)
        .waitDuration(PAUSE_BETWEEN_TRIES)
        .retryOnResult(answer -> answer instanceof ProviderAnswer.Unknown)
        .retryOnException(ignored -> false)
        .build();
  }
}
