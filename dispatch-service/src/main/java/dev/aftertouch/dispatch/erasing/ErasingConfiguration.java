package dev.aftertouch.dispatch.erasing;

import dev.aftertouch.dispatch.messages.Bundles;
import dev.aftertouch.dispatch.reviewing.ReviewTexts;
import dev.aftertouch.dispatch.suppressing.AddressKeys;
import dev.aftertouch.dispatch.suppressing.StopBarrier;
import dev.aftertouch.service.background.BackgroundLoop;
import dev.aftertouch.service.outbox.Outbox;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class ErasingConfiguration {
  @Bean
  EraseCustomers eraseCustomers(
      Tenancy tenancy,
      JdbcClient jdbc,
      Bundles bundles,
      ReviewTexts reviews,
      AddressKeys keys,
      StopBarrier barrier,
      Outbox outbox,
      InstantSource clock) {
    return new EraseCustomers(
        tenancy, new Erasures(jdbc, bundles), reviews, keys, barrier, outbox, clock);
  }

  @Bean
  BackgroundLoop erasureLoop(EraseCustomers eraseCustomers) {
    return new BackgroundLoop("erase-customers", Duration.ofSeconds(1), eraseCustomers::round);
  }

  @Bean
  CustomerData customerData(JdbcClient jdbc, Bundles bundles, AddressKeys keys) {
    return new CustomerData(jdbc, bundles, keys);
  }
}
