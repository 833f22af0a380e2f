package dev.aftertouch.enrollment.directory;

import dev.aftertouch.facts.CampaignFact;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.kafka.Batches;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
class CampaignsListener {
  static final String ID = "enrollment-service.campaigns";

  private final Batches batches;
  private final KeepCampaigns keepCampaigns;

  CampaignsListener(Batches batches, KeepCampaigns keepCampaigns) {
    this.batches = batches;
    this.keepCampaigns = keepCampaigns;
  }

  @KafkaListener(id = CampaignsListener.ID, topics = Topics.CAMPAIGNS)
  void told(List<ConsumerRecord<String, CampaignFact>> records) {
    batches.process(records, keepCampaigns::keep);
  }
}
