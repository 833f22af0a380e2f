package dev.aftertouch.dispatch.messages;

import dev.aftertouch.service.outbox.Outbox;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class MessagesConfiguration {
  @Bean
  SentMessages sentMessages(JdbcClient jdbc) {
    return new SentMessages(jdbc);
  }

  @Bean
  Engagements engagements(Outbox outbox) {
    return new Engagements(outbox);
  }

  @Bean
  SendLog sendLog(JdbcClient jdbc) {
    return new SendLog(jdbc);
  }
}
