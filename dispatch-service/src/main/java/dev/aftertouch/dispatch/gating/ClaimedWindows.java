package dev.aftertouch.dispatch.gating;

import dev.aftertouch.dispatch.gating.GateReadings.Read;
import dev.aftertouch.dispatch.replicas.Businesses.Business;
import dev.aftertouch.dispatch.replicas.Recipients.Recipient;
import dev.aftertouch.dispatch.replicas.Versions.Version;
import dev.aftertouch.dispatch.settling.HandOverWindows;
import dev.aftertouch.dispatch.settling.StoredTouch;
import dev.aftertouch.dispatch.settling.StoredTouch.Key;
import dev.aftertouch.engine.gate.GatePolicy;
import dev.aftertouch.engine.gate.Validity;
import dev.aftertouch.engine.law.Statutes;
import dev.aftertouch.facts.TouchDue;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The windows of claimed touches by what holds now, as the gate reckons them. */
final class ClaimedWindows implements HandOverWindows {
  private final GateReadings readings;
  private final Duration lease;

  ClaimedWindows(GateReadings readings, Duration lease) {
    this.readings = readings;
    this.lease = lease;
  }

  @Override
  public Map<Key, Duration> left(Collection<StoredTouch> touches, Instant now) {
    Map<Key, Duration> left = new HashMap<>();
    if (touches.isEmpty()) {
      return left;
    }
    List<TouchDue> due = touches.stream().map(DueTouches::again).toList();
    Read read = readings.read(due);
    for (TouchDue touch : due) {
      Business business = read.business(touch);
      Version version = read.versionOf(touch);
      Recipient recipient = read.recipient(touch);
      if (business != null && version != null && recipient != null) {
        Validity validity =
            Validity.of(
                GatePolicy.of(business.settings(), version.businessHours()).times(),
                recipient.zones(),
                Statutes.of(DueTouches.channel(touch), recipient.region(), recipient.phone()),
                now,
                lease);
        left.put(DueTouches.key(touch), validity.handOver());
      }
    }
    return left;
  }
}
