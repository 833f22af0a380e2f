package dev.aftertouch.dispatch.breaking;

import dev.aftertouch.service.background.BackgroundLoop;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class BreakingConfiguration {
  @Bean
  Complaints complaints(JdbcClient jdbc) {
    return new Complaints(jdbc);
  }

  @Bean
  Breakers breakers(JdbcClient jdbc) {
    return new Breakers(jdbc);
  }

  @Bean
  JudgeComplaints judgeComplaints(
      Tenancy tenancy,
      Breakers breakers,
      Complaints complaints,
      InstantSource clock,
      @Value("${aftertouch.breaking.look-every:1m}") Duration lookEvery) {
    return new JudgeComplaints(tenancy, breakers, complaints, clock, lookEvery);
  }

  @Bean
  BackgroundLoop complaintsJudge(
      JudgeComplaints judge, @Value("${aftertouch.breaking.look-every:1m}") Duration lookEvery) {
    return new BackgroundLoop("judge-complaints", lookEvery, judge::judge);
  }
}
