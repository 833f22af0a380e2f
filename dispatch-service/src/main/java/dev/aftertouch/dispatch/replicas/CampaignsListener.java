package dev.aftertouch.dispatch.replicas;

import dev.aftertouch.facts.CampaignFact;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.kafka.Batches;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
final class CampaignsListener {
  private final Batches batches;
  private final Tenancy tenancy;
  private final Campaigns campaigns;

  CampaignsListener(Batches batches, Tenancy tenancy, Campaigns campaigns) {
    this.batches = batches;
    this.tenancy = tenancy;
    this.campaigns = campaigns;
  }

  @KafkaListener(
      id = "dispatch-" + Topics.CAMPAIGNS,
      topics = Topics.CAMPAIGNS,
      autoStartup = "${aftertouch.listeners.auto-startup:true}")
  void on(List<ConsumerRecord<String, CampaignFact>> records) {
    batches.process(records, facts -> tenancy.asWorker(() -> campaigns.apply(facts)));
  }
}
