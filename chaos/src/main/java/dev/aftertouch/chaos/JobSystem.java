package dev.aftertouch.chaos;

import dev.aftertouch.chaos.Person.Firm;
import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.CampaignKind;
import dev.aftertouch.engine.definition.CampaignSettings;
import dev.aftertouch.engine.definition.Delay;
import dev.aftertouch.engine.definition.Step;
import dev.aftertouch.engine.definition.Template;
import dev.aftertouch.engine.definition.Trigger;
import dev.aftertouch.facts.BusinessChanged;
import dev.aftertouch.facts.BusinessFact;
import dev.aftertouch.facts.CampaignFact;
import dev.aftertouch.facts.CampaignPublished;
import dev.aftertouch.facts.CampaignStatusChanged;
import dev.aftertouch.facts.JobCompleted;
import dev.aftertouch.facts.JobCustomer;
import dev.aftertouch.facts.JobFact;
import dev.aftertouch.facts.PostalAddress;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TrustedFacts;
import dev.aftertouch.local.infrastructure.Infrastructure;
import dev.aftertouch.service.documents.Documents;
import dev.aftertouch.service.documents.DocumentsAutoConfiguration;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Publishes businesses, campaigns and jobs as any job system would. What it asks for is noted
 * before it is sent, what the broker acknowledged afterwards.
 */
final class JobSystem implements AutoCloseable {
  private static final Duration FIRST_DELAY = Duration.ofHours(1);
  private static final String MAIL =
      """
      <p>Hi {{first_name|there}}, thank you for having {{company_name}} in.</p>
      <p>A <a href="{{review_link}}">short review</a> would help us.</p>
      """;
  private static final String TEXT = "Hi {{first_name|there}}, {{company_name}} here. All well?";

  private final KafkaProducer<String, Object> producer;
  private final Journal journal;
  private final Documents documents = new Documents(DocumentsAutoConfiguration.canonicalMapper());

  JobSystem(Infrastructure infrastructure, Journal journal) {
    TrustedFacts.vouch();
    Map<String, Object> config = new HashMap<>(infrastructure.factClient());
    config.put("acks", "all");
    config.put("delivery.timeout.ms", 300_000);
    config.put("key.serializer", StringSerializer.class);
    config.put("value.serializer", "io.apicurio.registry.serde.avro.AvroKafkaSerializer");
    this.producer = new KafkaProducer<>(config);
    this.journal = journal;
  }

  void publish(List<Firm> firms, Instant now) {
    for (Firm firm : firms) {
      BusinessSettings settings = settings(firm);
      journal.note(
          "businesses",
          Map.of(
              "business", firm.id().toString(),
              "email", firm.email(),
              "phone", firm.phone(),
              "per_hour", World.PER_HOUR,
              "quiet_from", settings.quietHours().start().toString(),
              "quiet_to", settings.quietHours().end().toString()));
      int partition = partition(firm.id().toString());
      send(
          new ProducerRecord<>(
              Topics.BUSINESSES,
              firm.id().toString(),
              new BusinessFact(
                  firm.id(),
                  1L,
                  now,
                  new BusinessChanged("Firm " + firm.number(), documents.write(settings)))));
      send(
          new ProducerRecord<>(
              Topics.CAMPAIGNS,
              partition,
              firm.campaign() + "/1",
              new CampaignFact(
                  firm.id(),
                  firm.campaign(),
                  1L,
                  now,
                  new CampaignPublished(1, documents.write(campaign(firm)), null))));
      send(
          new ProducerRecord<>(
              Topics.CAMPAIGNS,
              partition,
              firm.campaign().toString(),
              new CampaignFact(
                  firm.id(),
                  firm.campaign(),
                  2L,
                  now,
                  new CampaignStatusChanged("Chaos", "multi_touch", "active", null, 1, "stop"))));
    }
    producer.flush();
  }

  /** Notes and sends a job; the broker's acknowledgement is noted when it comes. */
  void complete(Person person) {
    journal.note("asked", person.asked());
    Instant completedAt = person.dueAt().minus(FIRST_DELAY);
    JobCustomer customer =
        new JobCustomer(
            person.externalId(),
            "Pat",
            "Jones",
            person.email(),
            person.phone(),
            new PostalAddress(
                "1 Main St", null, person.region().city(), person.region().state(), null, "US"),
            person.region().zone(),
            Map.of());
    String business = person.firm().id().toString();
    for (int i = 0; i < person.repeats(); i++) {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  Topics.JOBS,
                  business + ":" + person.externalId(),
                  new JobFact(
                      person.job(),
                      person.firm().id(),
                      person.job(),
                      completedAt,
                      "chaos",
                      new JobCompleted(
                          "hvac", completedAt, new BigDecimal("250.00"), true, customer))),
              (metadata, failed) -> {
                if (failed == null) {
                  journal.note("acknowledged", Map.of("job", person.job()));
                }
              });
    }
  }

  void flush() {
    producer.flush();
  }

  private void send(ProducerRecord<String, Object> record) {
    var unused = producer.send(record);
  }

  private int partition(String key) {
    return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8)))
        % producer.partitionsFor(Topics.CAMPAIGNS).size();
  }

  private static CampaignDefinition campaign(Firm firm) {
    List<Step> steps = new ArrayList<>();
    for (String channel : firm.path().channels()) {
      String id = "touch-" + (steps.size() + 1);
      Delay delay = steps.isEmpty() ? Delay.hours(1) : new Delay(1, Delay.Unit.MINUTES);
      steps.add(
          channel.equals("email")
              ? new Step.SendEmail(id, delay, new Template("From {{company_name}}", MAIL))
              : new Step.SendSms(id, delay, new Template(null, TEXT)));
    }
    return new CampaignDefinition(
        "Chaos",
        CampaignKind.MULTI_TOUCH,
        null,
        CampaignSettings.DEFAULTS,
        List.of(new Trigger.JobCompletion()),
        steps);
  }

  private static BusinessSettings settings(Firm firm) {
    return new BusinessSettings(
        "America/Denver",
        "US",
        "1 Main St, Denver, CO 80202",
        new BusinessSettings.Sender(
            "Sam", firm.email(), null, firm.phone(), BusinessSettings.EmailProvider.RESEND),
        new BusinessSettings.Links("https://reviews.example/" + firm.number(), null, null),
        BusinessSettings.DEFAULT_QUIET_HOURS,
        new BusinessSettings.Pacing(World.PER_HOUR, World.PER_HOUR),
        Map.of(),
        BusinessSettings.DEFAULT_COOLDOWN,
        BusinessSettings.DEFAULT_MAXIMUM_JOB_AGE,
        BusinessSettings.DEFAULT_MINIMUM_GAP,
        BusinessSettings.DEFAULT_ON_UNKNOWN);
  }

  @Override
  public void close() {
    producer.close();
  }
}
