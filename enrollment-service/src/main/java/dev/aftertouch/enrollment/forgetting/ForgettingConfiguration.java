package dev.aftertouch.enrollment.forgetting;

import dev.aftertouch.service.retention.Keeping;
import dev.aftertouch.service.retention.Kept;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Keep.class)
class ForgettingConfiguration {
  @Bean
  Kept kept(Keep keep) {
    return new Kept(
        List.of(
            Keeping.Walked.removing(
                "refusals",
                keep.refusals(),
                "refusals",
                List.of("business_id", "refusal_id"),
                "refused_at")));
  }
}
