package dev.aftertouch.dispatch.replicas;

import dev.aftertouch.service.documents.Documents;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class ReplicasConfiguration {
  @Bean
  Businesses businesses(JdbcClient jdbc, Documents documents) {
    return new Businesses(jdbc, documents);
  }

  @Bean
  Campaigns campaigns(JdbcClient jdbc) {
    return new Campaigns(jdbc);
  }

  @Bean
  Versions versions(JdbcClient jdbc, Documents documents) {
    return new Versions(jdbc, documents);
  }

  @Bean
  Recipients recipients(JdbcClient jdbc) {
    return new Recipients(jdbc);
  }
}
