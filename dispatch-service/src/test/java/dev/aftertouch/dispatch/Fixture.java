package dev.aftertouch.dispatch;

import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.business.BusinessSettings.EmailProvider;
import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.CampaignKind;
import dev.aftertouch.engine.definition.CampaignSettings;
import dev.aftertouch.engine.definition.Delay;
import dev.aftertouch.engine.definition.Purpose;
import dev.aftertouch.engine.definition.Step;
import dev.aftertouch.engine.definition.Template;
import dev.aftertouch.engine.gate.TouchIds;
import dev.aftertouch.facts.Channel;
import dev.aftertouch.facts.TouchDue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A business with a campaign of an e-mail and a text, and customers as they are asked for. */
public final class Fixture {
  public static final String DENVER = "America/Denver";
  private static final String MAIL =
      """
      <p>Hello {{first_name}},</p><p>thank you for choosing {{company_name}}. Would you
      <a href="{{review_link}}">leave us a review</a>? Or <a href="{{feedback_link}}">tell us</a>.</p>
      """;

  public final UUID id;
  public final UUID campaign = UUID.randomUUID();
  public final String phone;
  private final DispatchGround ground;

  Fixture(DispatchGround ground, UUID id) {
    this.ground = ground;
    this.id = id;
    this.phone = "+1303555" + String.format("%04d", Math.floorMod(id.hashCode(), 10_000));
    settings(EmailProvider.RESEND, 100, 100);
    addCampaign(campaign, null);
  }

  /** Another campaign of the same touches, for that purpose. */
  public UUID campaign(Purpose purpose) {
    UUID added = UUID.randomUUID();
    addCampaign(added, purpose);
    return added;
  }

  private void addCampaign(UUID campaign, @Nullable Purpose purpose) {
    ground.tenancy.asWorker(
        () -> {
          ground
              .jdbc
              .sql(
                  """
                  INSERT INTO campaigns (business_id, campaign_id, revision, name, status, pause_mode)
                  VALUES (:business, :campaign, 1, 'Follow-up', 'active', 'stop')
                  """)
              .param("business", id)
              .param("campaign", campaign)
              .update();
          ground
              .jdbc
              .sql(
                  """
                  INSERT INTO campaign_versions (business_id, campaign_id, version, definition, digest)
                  VALUES (:business, :campaign, 1, :definition::json, sha256(convert_to(:definition, 'UTF8')))
                  """)
              .param("business", id)
              .param("campaign", campaign)
              .param("definition", ground.documents().write(definition(purpose)))
              .update();
        });
  }

  private static CampaignDefinition definition(@Nullable Purpose purpose) {
    CampaignSettings defaults = CampaignSettings.DEFAULTS;
    return new CampaignDefinition(
        "Follow-up",
        CampaignKind.MULTI_TOUCH,
        null,
        new CampaignSettings(
            defaults.description(),
            defaults.goal(),
            defaults.reenrollment(),
            defaults.enrollment(),
            defaults.pauseMode(),
            defaults.maximumEnrollments(),
            defaults.businessHours(),
            purpose),
        List.of(),
        List.of(
            new Step.SendEmail(
                "mail", Delay.hours(1), new Template("Thank you, {{first_name}}", MAIL)),
            new Step.SendSms(
                "text",
                Delay.hours(24),
                new Template(null, "Hi {{first_name|there}}, a review? {{review_link}}"))));
  }

  /** Sets provider and pacing. */
  public Fixture settings(EmailProvider provider, int emailsPerHour, int textsPerHour) {
    return settings(
        provider,
        emailsPerHour,
        textsPerHour,
        BusinessSettings.DEFAULT_MINIMUM_GAP,
        BusinessSettings.DEFAULT_ON_UNKNOWN);
  }

  /** Sets the least time between two touches to a customer. */
  public Fixture minimumGap(Duration gap) {
    return settings(EmailProvider.RESEND, 100, 100, gap, BusinessSettings.DEFAULT_ON_UNKNOWN);
  }

  /** Sets what follows on a lost answer; e-mails go by SMTP, which has no keys either. */
  public Fixture onUnknown(BusinessSettings.OnUnknown policy) {
    return settings(EmailProvider.SMTP, 100, 100, BusinessSettings.DEFAULT_MINIMUM_GAP, policy);
  }

  private Fixture settings(
      EmailProvider provider,
      int emailsPerHour,
      int textsPerHour,
      Duration gap,
      BusinessSettings.OnUnknown onUnknown) {
    BusinessSettings settings =
        new BusinessSettings(
            DENVER,
            "US",
            "1 Main St, Denver, CO 80202",
            new BusinessSettings.Sender(
                "Pat", "hello@summit.example", "pat@summit.example", phone, provider),
            new BusinessSettings.Links("https://reviews.example/summit?a=1&b=2", null, null),
            BusinessSettings.DEFAULT_QUIET_HOURS,
            new BusinessSettings.Pacing(emailsPerHour, textsPerHour),
            Map.of(),
            BusinessSettings.DEFAULT_COOLDOWN,
            BusinessSettings.DEFAULT_MAXIMUM_JOB_AGE,
            gap,
            onUnknown);
    ground.tenancy.asWorker(
        () ->
            ground
                .jdbc
                .sql(
                    """
                    INSERT INTO businesses (business_id, revision, name, settings, sender_phone)
                    VALUES (:business, 1, 'Summit Home Services', :settings::json, :phone)
                    ON CONFLICT (business_id) DO UPDATE
                    SET revision = businesses.revision + 1, settings = excluded.settings
                    """)
                .param("business", id)
                .param("settings", ground.documents().write(settings))
                .param("phone", phone)
                .update());
    return this;
  }

  /** A customer with e-mail and phone in Denver. */
  public UUID customer() {
    UUID customer = UUID.randomUUID();
    return customer(customer, "c-" + customer + "@mail.example", randomPhone(), DENVER, "Ann");
  }

  /** Several of them at once. */
  public List<UUID> customers(int number) {
    return ground.tenancy.asWorker(
        () ->
            ground
                .jdbc
                .sql(
                    """
                    INSERT INTO recipients (business_id, customer_id, revision, erased, first_name, email, phone, time_zones,
                                            zone_evidence, custom_fields)
                    SELECT :business, id, 1, false, 'Ann', 'c-' || id || '@mail.example',
                           '+1720' || lpad((random() * 9999999)::int::text, 7, '0'), ARRAY[:zone], 'address', '{}'
                    FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, :number)) ids
                    RETURNING customer_id
                    """)
                .param("business", id)
                .param("zone", DENVER)
                .param("number", number)
                .query(UUID.class)
                .list());
  }

  /** A customer as described. */
  public UUID customer(
      UUID customer,
      @Nullable String email,
      @Nullable String phone,
      String zones,
      @Nullable String firstName) {
    ground.tenancy.asWorker(
        () ->
            ground
                .jdbc
                .sql(
                    """
                    INSERT INTO recipients (business_id, customer_id, revision, erased, first_name, email, phone, time_zones,
                                            zone_evidence, custom_fields)
                    VALUES (:business, :customer, 1, false, :name, :email, :phone, string_to_array(:zones, ','), 'address', '{}')
                    """)
                .param("business", id)
                .param("customer", customer)
                .param("name", firstName)
                .param("email", email)
                .param("phone", phone)
                .param("zones", zones)
                .update());
    return customer;
  }

  /** A number that nobody else has. */
  public static String randomPhone() {
    long random = UUID.randomUUID().getMostSignificantBits();
    return "+1720" + String.format("%07d", Math.floorMod(random, 10_000_000L));
  }

  /** The first round of the e-mail of an enrollment of its own, due now. */
  public TouchDue mail(UUID customer) {
    return due(customer, UUID.randomUUID(), "mail", 0, DispatchGround.clock().instant());
  }

  /** The first round of the text of an enrollment of its own, due now. */
  public TouchDue text(UUID customer) {
    return due(customer, UUID.randomUUID(), "text", 0, DispatchGround.clock().instant());
  }

  /** The first round of the e-mail of an enrollment in that campaign, due now. */
  public TouchDue mail(UUID campaign, UUID customer) {
    return due(campaign, customer, UUID.randomUUID(), "mail", 0, DispatchGround.clock().instant());
  }

  /** The next round of a touch, due at that instant. */
  public TouchDue again(TouchDue earlier, Instant dueAt) {
    return due(
        earlier.getCustomerId(),
        earlier.getEnrollmentId(),
        earlier.getStepId(),
        earlier.getRound() + 1,
        dueAt);
  }

  /** A touch as described. */
  public TouchDue due(UUID customer, UUID enrollment, String step, int round, Instant at) {
    return due(campaign, customer, enrollment, step, round, at);
  }

  private TouchDue due(
      UUID campaign, UUID customer, UUID enrollment, String step, int round, Instant at) {
    boolean mail = step.equals("mail");
    return new TouchDue(
        TouchIds.touchId(enrollment, step),
        round,
        id,
        enrollment,
        campaign,
        1,
        null,
        customer,
        1L,
        step,
        mail ? 1 : 2,
        mail ? Channel.EMAIL : Channel.SMS,
        at,
        at,
        "job-1",
        "hvac",
        at,
        null);
  }
}
