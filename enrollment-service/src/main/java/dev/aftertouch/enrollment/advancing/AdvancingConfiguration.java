package dev.aftertouch.enrollment.advancing;

import dev.aftertouch.service.background.BackgroundLoop;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
@EnableConfigurationProperties(AdvancingProperties.class)
class AdvancingConfiguration {
  @Bean
  @ConditionalOnProperty(name = "aftertouch.advancing.claiming", matchIfMissing = true)
  BackgroundLoop claimLoop(ClaimDueTouches claimDueTouches, AdvancingProperties properties) {
    return new BackgroundLoop(
        "claim-due-touches", properties.claimEvery(), claimDueTouches::claimBurst);
  }
}
