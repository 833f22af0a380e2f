package dev.aftertouch.service.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.CampaignKind;
import dev.aftertouch.engine.definition.CampaignSettings;
import dev.aftertouch.engine.definition.Condition;
import dev.aftertouch.engine.definition.Delay;
import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.engine.definition.ServiceType;
import dev.aftertouch.engine.definition.Step;
import dev.aftertouch.engine.definition.Template;
import dev.aftertouch.engine.definition.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DocumentsTest {
  private final Documents documents = new Documents(DocumentsAutoConfiguration.canonicalMapper());

  private static final CampaignDefinition EVERY_KIND =
      new CampaignDefinition(
          "Every kind",
          CampaignKind.DRIP,
          ServiceType.HVAC,
          CampaignSettings.DEFAULTS,
          List.of(
              new Trigger.JobCompletion(),
              new Trigger.StageChange("customer", null, "won", null),
              new Trigger.TimeBased("birthday", -7, null),
              new Trigger.Event("called", null),
              new Trigger.Manual()),
          List.of(
              new Step.SendEmail(
                  "mail", Delay.hours(2), new Template("Hello", "Hi {{first_name}}")),
              new Step.SendSms("text", Delay.hours(2), new Template(null, "Hi")),
              new Step.CreateTask("task", Delay.NONE, "Call", null, null),
              new Step.Wait("wait", new Delay(1, Delay.Unit.WEEKS)),
              new Step.UpdateField("field", Delay.NONE, "stage", "warm"),
              new Step.ManageTags("tags", Delay.NONE, Set.of("a"), Set.of()),
              new Step.Notify("notify", Delay.NONE, "owner", "Look"),
              new Step.Webhook("hook", Delay.NONE, "https://example.com", Map.of("a", "b")),
              new Step.Conditional(
                  "branch",
                  Delay.NONE,
                  new Condition.Not(
                      new Condition.Compare(
                          "job.value", Condition.Operator.GREATER_THAN, "100", List.of())),
                  List.of(new Step.Wait("inner", Delay.hours(1))),
                  List.of()),
              new Step.ExitCampaign("exit", Delay.NONE, null)));

  @Test
  void readsBackWhatItWrites() {
    assertThat(documents.campaign(documents.write(EVERY_KIND))).isEqualTo(EVERY_KIND);
  }

  @Test
  void writesSnakeCaseNamesAndLowerCaseCodes() {
    assertThat(documents.write(EVERY_KIND))
        .contains(
            "\"kind\":\"drip\"",
            "\"service_type\":\"hvac\"",
            "\"kind\":\"send_email\"",
            "\"unit\":\"hours\"")
        .doesNotContain("channel");
  }

  @Test
  void fillsInSettingsAndTrigger() {
    CampaignDefinition read =
        documents.campaign(
            """
            {"name":"Short","kind":"multi_touch","steps":[],"settings":{"description":"Mine"}}""");

    assertThat(read.triggers()).containsExactly(new Trigger.JobCompletion());
    assertThat(read.settings().description()).isEqualTo("Mine");
    assertThat(read.settings().reenrollment()).isEqualTo(CampaignSettings.DEFAULTS.reenrollment());
  }

  @Test
  void namesTheFieldThatIsMissing() {
    assertErrors(
        """
        {"name":"Short","kind":"multi_touch","steps":[{"kind":"send_sms","id":"a","delay":{"amount":1,"unit":"hours"}}]}""",
        new FieldError("steps[0].template", "missing", "'template' is missing."));
  }

  @Test
  void namesTheFieldThatIsUnknownOrMalformed() {
    assertThatExceptionOfType(MalformedDocument.class)
        .isThrownBy(
            () -> documents.campaign("{\"name\":\"Short\",\"kind\":\"sideways\",\"steps\":[]}"))
        .extracting(MalformedDocument::errors, list(FieldError.class))
        .extracting(FieldError::field)
        .containsExactly("kind");
    assertThatExceptionOfType(MalformedDocument.class)
        .isThrownBy(() -> documents.campaign("{\"nam\":\"Short\",\"kind\":\"drip\",\"steps\":[]}"))
        .extracting(MalformedDocument::errors, list(FieldError.class))
        .extracting(FieldError::field)
        .containsExactly("nam");
  }

  @Test
  void readsBusinessSettings() {
    BusinessSettings settings =
        new BusinessSettings(
            "America/Denver",
            "US",
            "1 Main St, Denver",
            new BusinessSettings.Sender(
                "Sam", "hello@example.com", null, null, BusinessSettings.EmailProvider.RESEND),
            new BusinessSettings.Links("https://example.com/review", null, null),
            BusinessSettings.DEFAULT_QUIET_HOURS,
            BusinessSettings.DEFAULT_PACING,
            Map.of(ServiceType.HVAC, Duration.ofHours(4)),
            BusinessSettings.DEFAULT_COOLDOWN,
            BusinessSettings.DEFAULT_MAXIMUM_JOB_AGE,
            BusinessSettings.DEFAULT_MINIMUM_GAP,
            BusinessSettings.DEFAULT_ON_UNKNOWN);

    assertThat(documents.settings(documents.write(settings))).isEqualTo(settings);
    // Written by a version that knew no least gap.
    assertThat(
            documents.settings(documents.write(settings).replace(",\"minimum_gap\":\"PT0S\"", "")))
        .isEqualTo(settings);
    assertThat(documents.write(settings)).contains(",\"minimum_gap\":\"PT0S\"");
    // Written by a version that always assumed a lost answer's message sent.
    assertThat(
            documents.settings(
                documents.write(settings).replace(",\"on_unknown\":\"assume_sent\"", "")))
        .isEqualTo(settings);
    assertThat(documents.write(settings)).contains(",\"on_unknown\":\"assume_sent\"");
  }

  private void assertErrors(String text, FieldError... expected) {
    assertThatExceptionOfType(MalformedDocument.class)
        .isThrownBy(() -> documents.campaign(text))
        .extracting(MalformedDocument::errors, list(FieldError.class))
        .containsExactly(expected);
  }
}
