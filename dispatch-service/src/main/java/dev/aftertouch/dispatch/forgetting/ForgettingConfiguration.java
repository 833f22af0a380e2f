package dev.aftertouch.dispatch.forgetting;

import dev.aftertouch.service.retention.Keeping;
import dev.aftertouch.service.retention.Keeping.Dated;
import dev.aftertouch.service.retention.Keeping.Walked;
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
    return new Kept(kinds(keep));
  }

  private static List<Keeping> kinds(Keep keep) {
    return List.of(
        new Dated(
            "webhook_bodies",
            keep.webhookBodies(),
            """
            UPDATE webhook_inbox SET body = '', query = ''
            WHERE (provider, endpoint, event_id) IN (
              SELECT provider, endpoint, event_id FROM webhook_inbox
              WHERE processed_at IS NOT NULL AND body <> '' AND received_at < :before
              ORDER BY received_at LIMIT :batch)
            """),
        new Dated(
            "webhooks",
            keep.webhooks(),
            """
            DELETE FROM webhook_inbox
            WHERE (provider, endpoint, event_id) IN (
              SELECT provider, endpoint, event_id FROM webhook_inbox
              WHERE processed_at IS NOT NULL AND received_at < :before
              ORDER BY received_at LIMIT :batch)
            """),
        new Dated(
            "user_agents",
            keep.userAgents(),
            """
            UPDATE link_hits SET user_agent = NULL, purpose = NULL
            WHERE (business_id, hit_id) IN (
              SELECT business_id, hit_id FROM link_hits
              WHERE (user_agent IS NOT NULL OR purpose IS NOT NULL) AND hit_at < :before
              ORDER BY hit_at LIMIT :batch)
            """),
        new Dated(
            "review_texts",
            keep.reviewTexts(),
            """
            UPDATE reviews SET address = NULL, body = NULL
            WHERE (business_id, review_id) IN (
              SELECT business_id, review_id FROM reviews
              WHERE decision IS NOT NULL AND body IS NOT NULL AND decided_at < :before
              ORDER BY decided_at LIMIT :batch)
            """),
        Walked.removing(
            "messages",
            keep.messages(),
            "bundles",
            List.of("business_id", "bundle_id"),
            "written_at"),
        Walked.removing(
            "link_hits", keep.messages(), "link_hits", List.of("business_id", "hit_id"), "hit_at"));
  }
}
