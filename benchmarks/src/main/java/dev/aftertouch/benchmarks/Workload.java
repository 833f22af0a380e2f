package dev.aftertouch.benchmarks;

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
import dev.aftertouch.service.documents.Documents;
import dev.aftertouch.service.documents.DocumentsAutoConfiguration;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Businesses in Denver with one campaign each (half e-mail, half text, the first touch an hour
 * after the job) and customers who never had a job before. Of five touches that fall due, four lead
 * to a next one days later and one is the last, as in a plan of five. Ids derive from numbers, so
 * that every run is alike.
 */
final class Workload {
  /** From job completion to the touch. */
  static final Duration DELAY = Duration.ofHours(1);

  /** Touches of a plan; of one in so many businesses the plan is at its last. */
  private static final int STEPS = 5;

  private final Documents documents = new Documents(DocumentsAutoConfiguration.canonicalMapper());
  private final int businesses;

  Workload(int businesses) {
    this.businesses = businesses;
  }

  void publishBusinesses(KafkaProducer<String, Object> producer, Instant now) {
    Publishing publishing = new Publishing(producer);
    String settings = settings();
    String[] plans = {
      documents.write(campaign(Workload::mail, 1)),
      documents.write(campaign(Workload::text, 1)),
      documents.write(campaign(Workload::mail, STEPS)),
      documents.write(campaign(Workload::text, STEPS))
    };
    for (int i = 0; i < businesses; i++) {
      UUID business = business(i);
      UUID campaign = named("campaign", i);
      String partitionKey = business.toString();
      int partition = publishing.partition(Topics.CAMPAIGNS, partitionKey);
      publishing.send(
          Topics.BUSINESSES,
          business.toString(),
          new BusinessFact(business, 1L, now, new BusinessChanged("Business " + i, settings)));
      publishing.send(
          new ProducerRecord<>(
              Topics.CAMPAIGNS,
              partition,
              campaign + "/1",
              new CampaignFact(
                  business,
                  campaign,
                  1L,
                  now,
                  new CampaignPublished(1, plans[i % STEPS == 0 ? i % 2 : 2 + i % 2], null))));
      publishing.send(
          new ProducerRecord<>(
              Topics.CAMPAIGNS,
              partition,
              campaign.toString(),
              new CampaignFact(
                  business,
                  campaign,
                  2L,
                  now,
                  new CampaignStatusChanged(
                      "Benchmark", "multi_touch", "active", null, 1, "stop"))));
    }
    publishing.flush();
  }

  /** Publishes jobs whose touches fall due from {@code firstDue} on, evenly over the spread. */
  void publishJobs(
      KafkaProducer<String, Object> producer,
      int from,
      int count,
      Instant firstDue,
      Duration spread) {
    Publishing publishing = new Publishing(producer);
    for (int n = 0; n < count; n++) {
      int job = from + n;
      UUID business = business(job % businesses);
      Instant completedAt = firstDue.minus(DELAY).plusMillis(spread.toMillis() * n / count);
      JobCustomer customer =
          new JobCustomer(
              "c" + job,
              "Pat",
              "Jones",
              "c" + job + "@customers.example",
              "+1303555" + "%04d".formatted(job % 10_000),
              new PostalAddress("1 Main St", null, "Denver", "CO", "80202", "US"),
              "America/Denver",
              Map.of());
      JobCompleted completed =
          new JobCompleted("hvac", completedAt, new BigDecimal("250.00"), true, customer);
      publishing.send(
          Topics.JOBS,
          business + ":c" + job,
          new JobFact("j" + job, business, "j" + job, completedAt, "benchmark", completed));
    }
    publishing.flush();
  }

  private static UUID business(int number) {
    return named("business", number);
  }

  /** Scattered as ids are, and alike in every run. */
  private static UUID named(String kind, int number) {
    return UUID.nameUUIDFromBytes((kind + "-" + number).getBytes(StandardCharsets.UTF_8));
  }

  private static Step mail(int number) {
    return new Step.SendEmail(
        "touch-" + number,
        delay(number),
        new Template("How did we do, {{first_name|there}}?", MAIL));
  }

  private static Step text(int number) {
    return new Step.SendSms("touch-" + number, delay(number), new Template(null, TEXT));
  }

  private static Delay delay(int number) {
    return number == 1 ? Delay.hours(1) : Delay.hours(72);
  }

  private static CampaignDefinition campaign(IntFunction<Step> step, int steps) {
    return new CampaignDefinition(
        "Benchmark",
        CampaignKind.MULTI_TOUCH,
        null,
        CampaignSettings.DEFAULTS,
        List.of(new Trigger.JobCompletion()),
        IntStream.rangeClosed(1, steps).mapToObj(step).toList());
  }

  /** Settings of a business as a document. */
  String settings() {
    return documents.write(
        new BusinessSettings(
            "America/Denver",
            "US",
            "1 Main St, Denver, CO 80202",
            new BusinessSettings.Sender(
                "Sam",
                "hello@benchmark.example",
                null,
                "+13035550100",
                BusinessSettings.EmailProvider.RESEND),
            new BusinessSettings.Links("https://reviews.example/benchmark", null, null),
            BusinessSettings.DEFAULT_QUIET_HOURS,
            BusinessSettings.DEFAULT_PACING,
            Map.of(),
            BusinessSettings.DEFAULT_COOLDOWN,
            BusinessSettings.DEFAULT_MAXIMUM_JOB_AGE,
            BusinessSettings.DEFAULT_MINIMUM_GAP,
            BusinessSettings.DEFAULT_ON_UNKNOWN));
  }

  private static final String MAIL =
      """
      <p>Hi {{first_name|there}},</p>
      <p>thank you for having {{company_name}} in. Is everything still working as it should? If anything is off, just answer this mail.</p>
      <p>If you are happy, a <a href="{{review_link}}">short review</a> helps a local business more than you think.</p>
      <p>{{user_name}}</p>
      """;

  private static final String TEXT =
      "Hi {{first_name|there}}, {{user_name}} of {{company_name}} here. Is everything still working? Reply STOP to opt out.";
}
