package dev.aftertouch.engine.definition;

import java.util.List;
import java.util.Optional;

/**
 * The three sequences out of the box (MT-01), for all services, different in pace. Every customer
 * is led to the same review page, whatever their opinion: asking only the content ones is against
 * Google's rules. The footer with the postal address and the unsubscribe link is added when an
 * e-mail is rendered.
 */
public final class Presets {
  private static final String STOP = " Reply STOP to opt out.";

  private static final Preset CONSERVATIVE =
      preset(
          "conservative",
          "Conservative",
          "Two touches in a week: one e-mail the next day, one reminder.",
          new Step.SendEmail("thank-you", Delay.hours(24), Copy.THANK_YOU),
          new Step.SendEmail("reminder", Delay.hours(144), Copy.REMINDER));

  private static final Preset STANDARD =
      preset(
          "standard",
          "Standard",
          "Three touches in a week: a text the same day, an e-mail, one reminder.",
          new Step.SendSms("thank-you-text", Delay.hours(4), Copy.THANK_YOU_TEXT),
          new Step.SendEmail("check-in", Delay.hours(44), Copy.CHECK_IN),
          new Step.SendEmail("reminder", Delay.hours(120), Copy.REMINDER));

  private static final Preset AGGRESSIVE =
      preset(
          "aggressive",
          "Aggressive",
          "Four touches in six days: text and e-mail in turn.",
          new Step.SendSms("thank-you-text", Delay.hours(2), Copy.THANK_YOU_TEXT),
          new Step.SendEmail("check-in", Delay.hours(22), Copy.CHECK_IN),
          new Step.SendSms("reminder-text", Delay.hours(48), Copy.REMINDER_TEXT),
          new Step.SendEmail("last-note", Delay.hours(72), Copy.LAST_NOTE));

  private Presets() {}

  /** All of them, from the calmest to the keenest. */
  public static List<Preset> all() {
    return List.of(CONSERVATIVE, STANDARD, AGGRESSIVE);
  }

  /** The preset of that key. */
  public static Optional<Preset> find(String key) {
    return all().stream().filter(preset -> preset.key().equals(key)).findFirst();
  }

  private static Preset preset(String key, String name, String description, Step... steps) {
    CampaignSettings defaults = CampaignSettings.DEFAULTS;
    CampaignSettings settings =
        new CampaignSettings(
            description,
            new CampaignSettings.Goal(CampaignSettings.GoalType.REVIEWS, 10),
            defaults.reenrollment(),
            defaults.enrollment(),
            defaults.pauseMode(),
            defaults.maximumEnrollments(),
            defaults.businessHours(),
            defaults.purpose());
    return new Preset(
        key,
        name,
        new CampaignDefinition(
            name,
            CampaignKind.MULTI_TOUCH,
            null,
            settings,
            List.of(new Trigger.JobCompletion()),
            List.of(steps)));
  }

  /** What the presets say. */
  private static final class Copy {
    static final Template THANK_YOU =
        new Template(
            "Thank you for choosing {{company_name}}",
            """
            <p>Hi {{first_name|there}},</p>
            <p>thank you for having us. We hope that everything works as it should.</p>
            <p>Would you tell others how it went? Your words help your neighbors to find good help, \
            and our team to get better.</p>
            <p><a href="{{review_link}}">Write a review</a></p>
            <p>Is something not right? Just answer this e-mail and we will take care of it.</p>
            <p>Best regards,<br>{{user_name}}<br>{{company_name}}</p>
            """);

    static final Template CHECK_IN =
        new Template(
            "Is everything working, {{first_name|neighbor}}?",
            """
            <p>Hi {{first_name|there}},</p>
            <p>I wanted to check in after our visit: is everything working the way you expected?</p>
            <p>If not, answer this e-mail and we will make it right.</p>
            <p>And whichever way it went, a short review helps us and your neighbors:</p>
            <p><a href="{{review_link}}">Share your experience</a></p>
            <p>Thank you,<br>{{user_name}}<br>{{company_name}}</p>
            """);

    static final Template REMINDER =
        new Template(
            "A minute for {{company_name}}?",
            """
            <p>Hi {{first_name|there}},</p>
            <p>a quick reminder, as e-mails get buried: if you have a minute, we would be glad to \
            read how our work went for you.</p>
            <p><a href="{{review_link}}">Write a review</a></p>
            <p>Anything still open? Answer this e-mail, we read every one.</p>
            <p>Thank you,<br>{{user_name}}<br>{{company_name}}</p>
            """);

    static final Template LAST_NOTE =
        new Template(
            "One last note from {{company_name}}",
            """
            <p>Hi {{first_name|there}},</p>
            <p>this is our last note about our recent visit. If you would still like to share how it \
            went, here is the link:</p>
            <p><a href="{{review_link}}">Share your experience</a></p>
            <p>When you need us again, simply answer this e-mail.</p>
            <p>Thank you,<br>{{user_name}}<br>{{company_name}}</p>
            """);

    static final Template THANK_YOU_TEXT =
        new Template(
            null,
            "Hi {{first_name|there}}, this is {{company_name}}. Thank you for having us! How did it"
                + " go? {{review_link}}"
                + STOP);

    static final Template REMINDER_TEXT =
        new Template(
            null,
            "{{company_name}} here: if you have a minute, your review helps us a lot."
                + " {{review_link}} Anything not right? Just answer."
                + STOP);

    private Copy() {}
  }
}
