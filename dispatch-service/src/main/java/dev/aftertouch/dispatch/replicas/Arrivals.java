package dev.aftertouch.dispatch.replicas;

import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.kafka.ReplicaProgress;
import dev.aftertouch.service.kafka.ReplicaProgress.Ends;
import java.util.List;
import org.springframework.stereotype.Component;

/** How far the replicas have followed their topics. Asks the broker: not within a transaction. */
@Component
public class Arrivals {
  private static final List<String> TOPICS =
      List.of(Topics.BUSINESSES, Topics.CAMPAIGNS, Topics.CUSTOMERS);

  private final ReplicaProgress progress;

  Arrivals(ReplicaProgress progress) {
    this.progress = progress;
  }

  /** All that has been published of what is replicated. */
  public Ends published() {
    return progress.ends(TOPICS);
  }

  /** Whether all of that can be read from the replicas. */
  public boolean haveArrived(Ends published) {
    return TOPICS.stream()
        .allMatch(topic -> progress.hasReached("dispatch-" + topic, topic, published));
  }
}
