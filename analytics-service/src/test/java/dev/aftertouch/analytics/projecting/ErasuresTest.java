package dev.aftertouch.analytics.projecting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.analytics.Facts;
import dev.aftertouch.analytics.RunningAnalytics;
import dev.aftertouch.facts.EngagementKind;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ErasuresTest extends RunningAnalytics {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @Autowired private FactsFolder folder;
  @Autowired private Erasures erasures;
  @Autowired private Tenancy tenancy;

  private final UUID business = UUID.randomUUID();
  private final Facts life = new Facts(business, UUID.randomUUID(), UUID.randomUUID(), NOON);
  private final Facts other = new Facts(business, UUID.randomUUID(), UUID.randomUUID(), NOON);

  @Test
  void countEachLineThatWasTold() {
    for (Facts each : List.of(life, other)) {
      folder.fold(
          Facts.all(
              each.started(3),
              each.sent(1, NOON),
              each.engagement(EngagementKind.DELIVERED, 1, NOON),
              each.sent(2, NOON),
              each.failed(3, NOON)));
    }

    assertThat(forget()).isEqualTo(5);
    assertThat(forget()).isZero();
  }

  private long forget() {
    return tenancy.asWorker(() -> erasures.forget(business, List.of(life.enrollment())));
  }
}
