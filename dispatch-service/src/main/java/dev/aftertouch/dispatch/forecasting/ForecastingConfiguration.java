package dev.aftertouch.dispatch.forecasting;

import dev.aftertouch.dispatch.replicas.Businesses;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class ForecastingConfiguration {
  /** The gate's own setting: both judge alike whether a slot is still good. */
  @Bean
  ForecastTouches forecastTouches(
      Tenancy tenancy,
      Businesses businesses,
      JdbcClient jdbc,
      @Value("${aftertouch.gating.slot-grace:5m}") Duration slotGrace) {
    return new ForecastTouches(tenancy, businesses, new HeldTouches(jdbc), slotGrace);
  }
}
