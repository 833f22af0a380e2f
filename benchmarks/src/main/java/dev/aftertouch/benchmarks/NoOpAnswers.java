package dev.aftertouch.benchmarks;

import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDue;
import dev.aftertouch.facts.TouchOutcome;
import dev.aftertouch.facts.TouchSent;
import java.time.Duration;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * The no-op end: whatever is published as due is answered as sent at its due time, in place of the
 * gate and the providers. A thread of the benchmark, whose CPU time is nobody's figure.
 */
final class NoOpAnswers implements AutoCloseable {
  private static final String HASH = "0".repeat(64);

  private final KafkaConsumer<String, Object> due;
  private final KafkaProducer<String, Object> outcomes;
  private final Publishing publishing;
  private final Thread thread;
  private volatile boolean closing;

  private NoOpAnswers(KafkaConsumer<String, Object> due, KafkaProducer<String, Object> outcomes) {
    this.due = due;
    this.outcomes = outcomes;
    this.publishing = new Publishing(outcomes);
    this.thread = Thread.ofPlatform().name("no-op-answers").unstarted(this::answer);
  }

  static NoOpAnswers start(Topic topics) throws InterruptedException {
    KafkaConsumer<String, Object> due = topics.consumer();
    due.assign(topics.ends(Topics.TOUCHES_DUE).keySet());
    due.seekToBeginning(due.assignment());
    NoOpAnswers answers = new NoOpAnswers(due, topics.producer());
    answers.thread.start();
    return answers;
  }

  private void answer() {
    while (!closing) {
      due.poll(Duration.ofMillis(100))
          .forEach(
              record ->
                  publishing.send(
                      Topics.TOUCH_OUTCOMES, record.key(), sent((TouchDue) record.value())));
      publishing.flush();
    }
  }

  private static TouchOutcome sent(TouchDue touch) {
    return new TouchOutcome(
        touch.getTouchId(),
        touch.getRound(),
        touch.getBusinessId(),
        touch.getEnrollmentId(),
        touch.getCampaignId(),
        touch.getVersion(),
        touch.getDefinitionId(),
        touch.getCustomerId(),
        touch.getStepId(),
        touch.getNumber(),
        touch.getChannel(),
        touch.getScheduledAt(),
        touch.getDueAt(),
        touch.getDueAt(),
        new TouchSent("no-op", "m-" + touch.getTouchId(), HASH, null));
  }

  @Override
  public void close() throws InterruptedException {
    closing = true;
    thread.join();
    due.close();
    outcomes.close();
  }
}
