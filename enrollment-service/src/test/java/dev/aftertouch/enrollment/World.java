package dev.aftertouch.enrollment;

import static org.awaitility.Awaitility.await;

import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.CampaignKind;
import dev.aftertouch.engine.definition.CampaignSettings;
import dev.aftertouch.engine.definition.Delay;
import dev.aftertouch.engine.definition.ServiceType;
import dev.aftertouch.engine.definition.Step;
import dev.aftertouch.engine.definition.Template;
import dev.aftertouch.engine.definition.Trigger;
import dev.aftertouch.facts.BusinessChanged;
import dev.aftertouch.facts.BusinessDeleted;
import dev.aftertouch.facts.BusinessFact;
import dev.aftertouch.facts.CampaignDeleted;
import dev.aftertouch.facts.CampaignFact;
import dev.aftertouch.facts.CampaignPublished;
import dev.aftertouch.facts.CampaignStatusChanged;
import dev.aftertouch.facts.JobCompleted;
import dev.aftertouch.facts.JobCustomer;
import dev.aftertouch.facts.JobFact;
import dev.aftertouch.facts.JobReopened;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.documents.Documents;
import dev.aftertouch.service.kafka.Outgoing;
import dev.aftertouch.service.kafka.Publisher;
import dev.aftertouch.service.tenancy.Tenancy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What campaign-service and the job systems say, as the tests want it. Each test has a business of
 * its own.
 */
public class World {
  public static final Step.SendSms TEXT =
      new Step.SendSms(
          "text", Delay.hours(4), new Template(null, "Thank you, {{first_name|friend}}!"));
  public static final Step.SendEmail EMAIL =
      new Step.SendEmail("email", Delay.hours(44), new Template("How was it?", "<p>Tell us.</p>"));

  /**
   * A text after 4 hours, an e-mail 44 hours later; for all services, without a pause between
   * enrollments of its own.
   */
  public static final CampaignDefinition TEXT_THEN_EMAIL = definition(List.of(TEXT, EMAIL));

  private final Tenancy tenancy;
  private final JdbcClient jdbc;
  private final Publisher publisher;
  private final Documents documents;
  private final AtomicLong revisions = new AtomicLong();

  World(Tenancy tenancy, JdbcClient jdbc, Publisher publisher, Documents documents) {
    this.tenancy = tenancy;
    this.jdbc = jdbc;
    this.publisher = publisher;
    this.documents = documents;
  }

  public static CampaignDefinition definition(List<Step> steps) {
    CampaignSettings defaults = CampaignSettings.DEFAULTS;
    return new CampaignDefinition(
        "After the job",
        CampaignKind.MULTI_TOUCH,
        null,
        new CampaignSettings(
            null,
            null,
            new CampaignSettings.Reenrollment(true, 0),
            defaults.enrollment(),
            defaults.pauseMode(),
            null,
            null,
            null),
        List.of(new Trigger.JobCompletion()),
        steps);
  }

  /** The same with a rule for re-enrollment and a maximum. */
  public static CampaignDefinition limited(
      CampaignDefinition definition, boolean again, int maximum) {
    CampaignSettings defaults = CampaignSettings.DEFAULTS;
    return definition.withSettings(
        new CampaignSettings(
            null,
            null,
            new CampaignSettings.Reenrollment(again, 0),
            defaults.enrollment(),
            defaults.pauseMode(),
            maximum,
            null,
            null));
  }

  public static BusinessSettings settings() {
    return new BusinessSettings(
        "America/New_York",
        "US",
        "1 Main Street",
        new BusinessSettings.Sender(
            "Sam", "sam@example.com", null, "+15550100", BusinessSettings.EmailProvider.RESEND),
        new BusinessSettings.Links("https://example.com/review", null, null),
        BusinessSettings.DEFAULT_QUIET_HOURS,
        BusinessSettings.DEFAULT_PACING,
        Map.of(),
        BusinessSettings.DEFAULT_COOLDOWN,
        BusinessSettings.DEFAULT_MAXIMUM_JOB_AGE,
        BusinessSettings.DEFAULT_MINIMUM_GAP,
        BusinessSettings.DEFAULT_ON_UNKNOWN);
  }

  public static BusinessSettings settings(Duration cooldown, Map<ServiceType, Duration> timings) {
    BusinessSettings base = settings();
    return new BusinessSettings(
        base.timeZone(),
        base.country(),
        base.postalAddress(),
        base.sender(),
        base.links(),
        base.quietHours(),
        base.pacing(),
        timings,
        cooldown,
        base.maximumJobAge(),
        base.minimumGap(),
        base.onUnknown());
  }

  public UUID business() {
    return business(settings());
  }

  public UUID business(BusinessSettings settings) {
    UUID id = UUID.randomUUID();
    tell(id, settings);
    await().until(() -> count("business_settings", id) == 1);
    return id;
  }

  public void tell(UUID business, BusinessSettings settings) {
    BusinessChanged changed = new BusinessChanged("Summit", documents.write(settings));
    publisher.publishAndAwait(
        List.of(
            Outgoing.of(
                Topics.BUSINESSES,
                business.toString(),
                new BusinessFact(business, revisions.incrementAndGet(), Ground.START, changed))));
  }

  public void deleteBusiness(UUID business) {
    publisher.publishAndAwait(
        List.of(
            Outgoing.of(
                Topics.BUSINESSES,
                business.toString(),
                new BusinessFact(
                    business,
                    revisions.incrementAndGet(),
                    Ground.START,
                    new BusinessDeleted(null)))));
    await().until(() -> count("business_settings", business) == 0);
  }

  public UUID campaign(UUID business, CampaignDefinition definition) {
    UUID id = UUID.randomUUID();
    publish(business, id, 1, definition);
    standing(business, id, definition, "active", "stop", 1);
    return id;
  }

  public void publish(UUID business, UUID campaign, int version, CampaignDefinition definition) {
    tellCampaign(
        business,
        campaign,
        campaign + "/" + version,
        new CampaignPublished(version, documents.write(definition), null));
  }

  public void standing(
      UUID business,
      UUID campaign,
      CampaignDefinition definition,
      String status,
      String pauseMode,
      int version) {
    awaitRevision(
        campaign, tellStanding(business, campaign, definition, status, pauseMode, version));
  }

  /** The same without waiting; returns the revision told. */
  public long tellStanding(
      UUID business,
      UUID campaign,
      CampaignDefinition definition,
      String status,
      String pauseMode,
      int version) {
    ServiceType type = definition.serviceType();
    return tellCampaign(
        business,
        campaign,
        campaign.toString(),
        new CampaignStatusChanged(
            definition.name(),
            definition.kind().code(),
            status,
            type == null ? null : type.code(),
            version,
            pauseMode));
  }

  public void deleteCampaign(UUID business, UUID campaign) {
    awaitRevision(
        campaign,
        tellCampaign(
            business, campaign, campaign.toString(), new CampaignDeleted("After the job")));
  }

  private long tellCampaign(UUID business, UUID campaign, String key, Object fact) {
    long revision = revisions.incrementAndGet();
    publisher.publishAndAwait(
        List.of(
            new Outgoing(
                Topics.CAMPAIGNS,
                key,
                new CampaignFact(business, campaign, revision, Ground.START, fact),
                business.toString())));
    return revision;
  }

  private void awaitRevision(UUID campaign, long revision) {
    await()
        .until(
            () ->
                tenancy.asWorker(
                        () ->
                            jdbc.sql(
                                    "SELECT count(*) FROM campaigns WHERE campaign_id = :id AND revision >= :revision")
                                .param("id", campaign)
                                .param("revision", revision)
                                .query(Long.class)
                                .single())
                    == 1);
  }

  public long count(String table, UUID business) {
    return tenancy.asWorker(
        () ->
            jdbc.sql("SELECT count(*) FROM " + table + " WHERE business_id = :business")
                .param("business", business)
                .query(Long.class)
                .single());
  }

  /** The same customer, of whom it has become known in which zone they live. */
  public static JobCustomer inZone(JobCustomer known, String zone) {
    return new JobCustomer(
        known.getExternalId(),
        known.getFirstName(),
        known.getLastName(),
        known.getEmail(),
        known.getPhone(),
        null,
        zone,
        Map.of());
  }

  /** A customer with an e-mail address and a phone number in Denver. */
  public static JobCustomer customer(String externalId) {
    return new JobCustomer(
        externalId,
        "Ada",
        "Love",
        externalId + "@example.com",
        "+1 303 555 0123",
        null,
        null,
        Map.of());
  }

  public static JobFact job(
      UUID business, String jobId, Instant completedAt, JobCustomer customer) {
    return job(business, jobId, "hvac", completedAt, true, customer);
  }

  public static JobFact job(
      UUID business,
      String jobId,
      String serviceType,
      Instant completedAt,
      boolean enroll,
      JobCustomer customer) {
    return new JobFact(
        "done-" + jobId,
        business,
        jobId,
        completedAt,
        "kafka",
        new JobCompleted(serviceType, completedAt, new BigDecimal("129.50"), enroll, customer));
  }

  public static JobFact reopened(UUID business, String jobId, Instant at) {
    return new JobFact("reopened-" + jobId, business, jobId, at, "kafka", new JobReopened(null));
  }

  public void tellJob(JobFact fact, @Nullable String customer) {
    publisher.publishAndAwait(
        List.of(Outgoing.of(Topics.JOBS, fact.getBusinessId() + ":" + customer, fact)));
  }
}
