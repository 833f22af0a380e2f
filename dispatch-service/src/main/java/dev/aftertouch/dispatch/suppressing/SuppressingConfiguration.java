package dev.aftertouch.dispatch.suppressing;

import dev.aftertouch.dispatch.ledger.ConsentLedger;
import dev.aftertouch.service.outbox.Outbox;
import dev.aftertouch.service.tenancy.Tenancy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class SuppressingConfiguration {
  @Bean
  AddressKeys addressKeys(SuppressingProperties properties) {
    return new AddressKeys(properties.pepper());
  }

  @Bean
  Suppressions suppressions(JdbcClient jdbc, AddressKeys keys, ConsentLedger ledger) {
    return new Suppressions(jdbc, keys, ledger);
  }

  @Bean
  StoppedEnrollments stoppedEnrollments(JdbcClient jdbc) {
    return new StoppedEnrollments(jdbc);
  }

  @Bean
  StopBarrier stopBarrier(Tenancy tenancy, JdbcClient jdbc) {
    return new StopBarrier(tenancy, jdbc);
  }

  @Bean
  RecordStops recordStops(
      JdbcClient jdbc, Suppressions suppressions, StoppedEnrollments stopped, Outbox outbox) {
    return new RecordStops(jdbc, suppressions, stopped, outbox);
  }
}
