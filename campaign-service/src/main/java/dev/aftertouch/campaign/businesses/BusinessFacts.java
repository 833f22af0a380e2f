package dev.aftertouch.campaign.businesses;

import dev.aftertouch.facts.BusinessChanged;
import dev.aftertouch.facts.BusinessDeleted;
import dev.aftertouch.facts.BusinessFact;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.documents.Documents;
import dev.aftertouch.service.outbox.Outbox;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells everybody about a business, within the transaction that changes it. */
@Component
class BusinessFacts {
  private final Outbox outbox;
  private final Documents documents;

  BusinessFacts(Outbox outbox, Documents documents) {
    this.outbox = outbox;
    this.documents = documents;
  }

  void changed(Business business) {
    add(
        business.id(),
        business.revision(),
        business.updatedAt(),
        new BusinessChanged(business.name(), documents.write(business.settings())));
  }

  void deleted(UUID business, long revision, Instant now) {
    add(business, revision, now, new BusinessDeleted("Deleted by its owner"));
  }

  private void add(UUID business, long revision, Instant at, Object fact) {
    outbox.add(
        business,
        Topics.BUSINESSES,
        business.toString(),
        new BusinessFact(business, revision, at, fact));
  }
}
