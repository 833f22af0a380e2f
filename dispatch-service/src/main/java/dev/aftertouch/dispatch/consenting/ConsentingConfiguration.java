package dev.aftertouch.dispatch.consenting;

import dev.aftertouch.dispatch.ledger.ConsentLedger;
import dev.aftertouch.dispatch.replicas.Recipients;
import dev.aftertouch.dispatch.suppressing.AddressKeys;
import dev.aftertouch.dispatch.suppressing.Suppressions;
import dev.aftertouch.service.tenancy.Tenancy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ConsentingConfiguration {
  @Bean
  ReadConsent readConsent(
      Tenancy tenancy,
      ConsentLedger ledger,
      AddressKeys keys,
      Suppressions suppressions,
      Recipients recipients) {
    return new ReadConsent(tenancy, ledger, keys, suppressions, recipients);
  }

  @Bean
  GrantConsent grantConsent(
      Tenancy tenancy, ConsentLedger ledger, AddressKeys keys, Suppressions suppressions) {
    return new GrantConsent(tenancy, ledger, keys, suppressions);
  }
}
