package dev.aftertouch.dispatch.messages;

import dev.aftertouch.service.outbox.Outbox;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class MessagesConfiguration {
  @Bean
  Bundles bundles(JdbcClient jdbc) {
    return new Bundles(jdbc);
  }

  @Bean
  SentMessages sentMessages(JdbcClient jdbc, Bundles bundles) {
    return new SentMessages(jdbc, bundles);
  }

  @Bean
  Engagements engagements(Outbox outbox) {
    return new Engagements(outbox);
  }

  @Bean
  SendLog sendLog(JdbcClient jdbc, Bundles bundles) {
    return new SendLog(jdbc, bundles);
  }
}
