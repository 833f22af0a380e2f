package dev.aftertouch.dispatch.ledger;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {
  @Bean
  ConsentLedger consentLedger(JdbcClient jdbc) {
    return new ConsentLedger(jdbc);
  }
}
