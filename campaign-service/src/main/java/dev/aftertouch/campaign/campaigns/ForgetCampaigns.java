package dev.aftertouch.campaign.campaigns;

import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.outbox.Outbox;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes the campaigns of a business that leaves out of the topic, which would keep them for ever.
 */
@Component
public class ForgetCampaigns {
  private final JdbcClient jdbc;
  private final Outbox outbox;

  ForgetCampaigns(JdbcClient jdbc, Outbox outbox) {
    this.jdbc = jdbc;
    this.outbox = outbox;
  }

  /**
   * Adds a tombstone for every campaign and version, within the transaction that then removes the
   * business.
   */
  public void of(UUID business) {
    List<String> keys =
        jdbc.sql(
                """
                SELECT campaign_id::text FROM campaigns WHERE business_id = :business
                UNION ALL
                SELECT campaign_id || '/' || version FROM campaign_versions WHERE business_id = :business
                """)
            .param("business", business)
            .query(String.class)
            .list();
    keys.forEach(key -> outbox.add(business, Topics.CAMPAIGNS, business.toString(), key, null));
  }
}
