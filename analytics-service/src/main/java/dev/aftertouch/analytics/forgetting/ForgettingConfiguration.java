package dev.aftertouch.analytics.forgetting;

import dev.aftertouch.analytics.projecting.Sending;
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
                "timeline",
                keep.timeline(),
                "timeline",
                List.of("business_id", "enrollment_id", "fact_id"),
                "occurred_at"),
            new Keeping.Walked(
                "timeline_sent",
                keep.timeline(),
                "touches",
                List.of("business_id", "enrollment_id", "number"),
                "CASE WHEN sent_round IS NOT NULL THEN sent_at END",
                Sending.FORGET)));
  }
}
