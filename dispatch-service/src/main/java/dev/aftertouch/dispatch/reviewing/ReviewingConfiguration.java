package dev.aftertouch.dispatch.reviewing;

import dev.aftertouch.dispatch.suppressing.AddressKeys;
import dev.aftertouch.dispatch.suppressing.RecordStops;
import dev.aftertouch.dispatch.suppressing.StopBarrier;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class ReviewingConfiguration {
  @Bean
  Reviews reviews(JdbcClient jdbc, AddressKeys keys) {
    return new Reviews(jdbc, keys);
  }

  @Bean
  ReviewTexts reviewTexts(
      Tenancy tenancy,
      Reviews reviews,
      RecordStops stops,
      AddressKeys keys,
      StopBarrier barrier,
      InstantSource clock) {
    return new ReviewTexts(tenancy, reviews, stops, keys, barrier, clock);
  }
}
