package dev.aftertouch.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.definition.CampaignSettings.BusinessHours;
import dev.aftertouch.engine.definition.CampaignSettings.EnrollmentMode;
import dev.aftertouch.engine.definition.CampaignSettings.Goal;
import dev.aftertouch.engine.definition.CampaignSettings.GoalType;
import dev.aftertouch.engine.definition.CampaignSettings.Reenrollment;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DefinitionRulesTest {
  private static final Delay HOUR = Delay.hours(1);
  private static final Template MAIL = new Template("Hi", "<p>Hi {{first_name|there}}</p>");
  private static final Template TEXT = new Template(null, "Hi {{first_name|there}}");
  private static final Condition CONDITION = compare("customer.city", "Denver");
  private static final Step EMAIL = new Step.SendEmail("email", HOUR, MAIL);
  private static final Step SMS = new Step.SendSms("sms", HOUR, TEXT);
  private static final Step WAIT = new Step.Wait("wait", HOUR);

  static Stream<Arguments> badDefinitions() {
    CampaignDefinition good = of(CampaignKind.DRIP, EMAIL);
    return Stream.of(
        bad(good.withName(" "), "name", "missing"),
        bad(good.withName("x".repeat(101)), "name", "too_long"),
        bad(settings("x".repeat(2_001), null, 30, null, null), "settings.description", "too_long"),
        bad(
            settings(null, new Goal(GoalType.REVIEWS, 0), 30, null, null),
            "settings.goal.target",
            "not_positive"),
        bad(
            settings(null, null, -1, null, null),
            "settings.reenrollment.after_days",
            "out_of_range"),
        bad(settings(null, null, 30, 0, null), "settings.maximum_enrollments", "not_positive"),
        bad(
            settings(null, null, 30, null, hours(9, 9, null, DayOfWeek.MONDAY)),
            "settings.business_hours.end",
            "empty_window"),
        bad(
            settings(null, null, 30, null, hours(9, 17, null)),
            "settings.business_hours.days",
            "missing"),
        bad(
            settings(null, null, 30, null, hours(9, 17, "UTC+5", DayOfWeek.MONDAY)),
            "settings.business_hours.time_zone",
            "unknown_time_zone"),
        bad(triggers(CampaignKind.DRIP), "triggers", "missing"),
        bad(triggers(CampaignKind.DRIP, new Trigger.Manual()), "triggers", "missing"),
        bad(
            triggers(CampaignKind.DRIP, new Trigger.JobCompletion(), new Trigger.JobCompletion()),
            "triggers[1]",
            "repeated"),
        bad(
            triggers(CampaignKind.MULTI_TOUCH, new Trigger.Event("donated", null)),
            "triggers[0]",
            "trigger_not_allowed"),
        bad(
            triggers(CampaignKind.DRIP, new Trigger.StageChange("pet", null, "won", null)),
            "triggers[0].subject",
            "unknown_subject"),
        bad(
            triggers(CampaignKind.DRIP, new Trigger.StageChange("project", null, " ", null)),
            "triggers[0].to",
            "missing"),
        bad(
            triggers(CampaignKind.DRIP, new Trigger.TimeBased("", 3, null)),
            "triggers[0].date_field",
            "missing"),
        bad(
            triggers(CampaignKind.DRIP, new Trigger.TimeBased("birthday", 4_000, null)),
            "triggers[0].days",
            "out_of_range"),
        bad(
            triggers(CampaignKind.DRIP, new Trigger.Event("", null)),
            "triggers[0].name",
            "missing"),
        bad(
            triggers(CampaignKind.DRIP, new Trigger.Event("donated", compare("city", "x"))),
            "triggers[0].condition.fact",
            "fact_malformed"),
        bad(of(CampaignKind.MULTI_TOUCH), "steps", "missing"),
        bad(of(CampaignKind.MULTI_TOUCH, EMAIL, WAIT), "steps[1]", "step_not_allowed"),
        bad(
            of(CampaignKind.MULTI_TOUCH, email("a", 0)),
            "steps[0].delay.amount",
            "delay_not_positive"),
        bad(
            of(CampaignKind.MULTI_TOUCH, email("a", -1)),
            "steps[0].delay.amount",
            "delay_not_positive"),
        bad(of(CampaignKind.DRIP), "steps", "missing"),
        bad(of(CampaignKind.DRIP, emails(201)), "steps", "too_many_steps"),
        bad(of(CampaignKind.TRACK15, emails(14)), "steps", "too_few_touches"),
        bad(of(CampaignKind.TRACK15, emails(16)), "steps", "too_many_touches"),
        bad(of(CampaignKind.DRIP, email("Step 1", 1)), "steps[0].id", "id_malformed"),
        bad(of(CampaignKind.DRIP, email("", 1)), "steps[0].id", "id_malformed"),
        bad(of(CampaignKind.DRIP, EMAIL, EMAIL), "steps[1].id", "id_repeated"),
        bad(
            of(CampaignKind.DRIP, EMAIL, fork("fork", EMAIL)),
            "steps[1].when_true[0].id",
            "id_repeated"),
        bad(of(CampaignKind.DRIP, email("a", -1)), "steps[0].delay.amount", "delay_negative"),
        bad(
            of(CampaignKind.DRIP, email("a", 366 * 24 + 1)),
            "steps[0].delay.amount",
            "delay_too_long"),
        bad(
            of(CampaignKind.DRIP, new Step.Wait("wait", Delay.NONE)),
            "steps[0].delay.amount",
            "delay_not_positive"),
        bad(
            of(CampaignKind.DRIP, new Step.CreateTask("task", HOUR, "", null, null)),
            "steps[0].title",
            "missing"),
        bad(
            of(CampaignKind.DRIP, new Step.CreateTask("task", HOUR, "Call {{nobody}}", null, null)),
            "steps[0].title",
            "unknown_variable"),
        bad(
            of(CampaignKind.DRIP, new Step.UpdateField("field", HOUR, "Big City", "x")),
            "steps[0].field",
            "field_malformed"),
        bad(
            of(CampaignKind.DRIP, new Step.ManageTags("tags", HOUR, Set.of(), Set.of())),
            "steps[0]",
            "tags_missing"),
        bad(
            of(CampaignKind.DRIP, new Step.ManageTags("tags", HOUR, Set.of("a"), Set.of("a"))),
            "steps[0].remove",
            "tag_contradicts"),
        bad(
            of(CampaignKind.DRIP, new Step.ManageTags("tags", HOUR, Set.of("a,b"), Set.of())),
            "steps[0].add",
            "tag_malformed"),
        bad(
            of(CampaignKind.DRIP, new Step.Notify("tell", HOUR, "", "Hi")),
            "steps[0].audience",
            "missing"),
        bad(
            of(CampaignKind.DRIP, new Step.Notify("tell", HOUR, "owner", "")),
            "steps[0].message",
            "missing"),
        bad(
            of(CampaignKind.DRIP, new Step.Webhook("hook", HOUR, "http://example.com", Map.of())),
            "steps[0].url",
            "url_malformed"),
        bad(
            of(CampaignKind.DRIP, new Step.Webhook("hook", HOUR, "not a url", Map.of())),
            "steps[0].url",
            "url_malformed"),
        bad(
            of(
                CampaignKind.DRIP,
                new Step.Webhook("hook", HOUR, "https://example.com", Map.of("to", "{{x}}"))),
            "steps[0].fields.to",
            "unknown_variable"),
        bad(
            of(CampaignKind.DRIP, new Step.Conditional("f", HOUR, CONDITION, List.of(), List.of())),
            "steps[0]",
            "branches_missing"),
        bad(
            of(CampaignKind.DRIP, new Step.ExitCampaign("exit", HOUR, "x".repeat(201))),
            "steps[0].reason",
            "too_long"),
        bad(asked(new Condition.All(List.of())), "steps[0].condition.conditions", "missing"),
        bad(
            asked(new Condition.Any(List.of(compare("city", "x")))),
            "steps[0].condition.conditions[0].fact",
            "fact_malformed"),
        bad(
            asked(new Condition.Not(compare("customer.city", null))),
            "steps[0].condition.condition.value",
            "missing"),
        bad(
            asked(new Condition.Compare("job.value", Condition.Operator.IN, null, List.of())),
            "steps[0].condition.values",
            "missing"),
        bad(
            asked(new Condition.Compare("job.value", Condition.Operator.EXISTS, "1", List.of())),
            "steps[0].condition.value",
            "value_not_allowed"),
        bad(mail(null, "<p>Hi</p>"), "steps[0].template.subject", "subject_missing"),
        bad(mail(" ", "<p>Hi</p>"), "steps[0].template.subject", "subject_missing"),
        bad(mail("x".repeat(201), "<p>Hi</p>"), "steps[0].template.subject", "too_long"),
        bad(mail("a\nBcc: b", "Hi"), "steps[0].template.subject", "subject_has_line_break"),
        bad(mail("Hi {{frist_name}}", "Hi"), "steps[0].template.subject", "unknown_variable"),
        bad(mail("Hi", ""), "steps[0].template.body", "missing"),
        bad(mail("Hi", "x".repeat(100_001)), "steps[0].template.body", "too_long"),
        bad(mail("Hi", "<script>x</script>"), "steps[0].template.body", "html_not_allowed"),
        bad(mail("Hi", "{{frist_name|there}}"), "steps[0].template.body", "unknown_variable"),
        bad(mail("Hi", "{{#first_name}}x"), "steps[0].template.body", "section_unclosed"),
        bad(mail("Hi", "{{#a}}x{{/a}}"), "steps[0].template.body", "unknown_variable"),
        bad(text("Hi", "Hi"), "steps[0].template.subject", "subject_not_allowed"),
        bad(text(null, " "), "steps[0].template.body", "missing"),
        bad(text(null, "x".repeat(1_601)), "steps[0].template.body", "too_long"),
        bad(text(null, "<b>Hi</b>"), "steps[0].template.body", "html_not_allowed"),
        bad(text(null, "{{custom.}}"), "steps[0].template.body", "unknown_variable"));
  }

  @ParameterizedTest(name = "{1} {2}")
  @MethodSource("badDefinitions")
  void namesTheFieldAndTheReason(CampaignDefinition definition, String field, String code) {
    List<FieldError> errors = DefinitionRules.check(definition);

    assertThat(errors)
        .hasSize(1)
        .first()
        .satisfies(
            error -> {
              assertThat(error.field()).isEqualTo(field);
              assertThat(error.code()).isEqualTo(code);
              assertThat(error.message()).hasSizeGreaterThan(15).endsWith(".");
            });
  }

  @ParameterizedTest
  @EnumSource(
      value = CampaignKind.class,
      names = {"MULTI_TOUCH", "TRACK15"},
      mode = EnumSource.Mode.EXCLUDE)
  void takesAllTenKindsOfStep(CampaignKind kind) {
    CampaignDefinition definition =
        of(
            kind,
            EMAIL,
            SMS,
            WAIT,
            new Step.CreateTask("task", Delay.NONE, "Call {{first_name}}", "Soon", "dana"),
            new Step.UpdateField("field", Delay.NONE, "custom.asked", "yes"),
            new Step.ManageTags("tags", Delay.NONE, Set.of("asked"), Set.of("new")),
            new Step.Notify("tell", Delay.NONE, "owner", "Asked {{first_name}}"),
            new Step.Webhook("hook", Delay.NONE, "https://example.com/x", Map.of("a", "b")),
            fork("fork", new Step.ExitCampaign("exit", Delay.NONE, null)),
            new Step.SendEmail("at-once", Delay.NONE, MAIL));

    assertThat(DefinitionRules.check(definition)).isEmpty();
    assertThat(Steps.located(definition).stream().map(l -> StepKind.of(l.step())).distinct())
        .containsExactlyInAnyOrder(StepKind.values());
  }

  @Test
  void refusesTouchNumberFiveInOneSentence() {
    assertThat(DefinitionRules.check(of(CampaignKind.MULTI_TOUCH, emails(5))))
        .containsExactly(
            new FieldError(
                "steps[4]",
                "too_many_touches",
                "Touch number 5 is not possible: a multi-touch campaign has at most 4 touches."
                    + " Remove it, or make this a drip campaign."));
  }

  @Test
  void takesOneToFourTouches() {
    assertThat(IntStream.rangeClosed(1, 4).mapToObj(n -> of(CampaignKind.MULTI_TOUCH, emails(n))))
        .allSatisfy(definition -> assertThat(DefinitionRules.check(definition)).isEmpty());
  }

  @Test
  void takesExactlyFifteenTouchesOfTrack15AndNamesTheMissing() {
    assertThat(DefinitionRules.check(of(CampaignKind.TRACK15, emails(15)))).isEmpty();
    assertThat(DefinitionRules.check(of(CampaignKind.TRACK15, emails(12))))
        .extracting(FieldError::message)
        .containsExactly(
            "A Track15 campaign has exactly 15 touches: touches 13 to 15 are missing.");
    assertThat(DefinitionRules.check(of(CampaignKind.TRACK15, emails(14))))
        .extracting(FieldError::message)
        .containsExactly("A Track15 campaign has exactly 15 touches: touch 15 is missing.");
  }

  @Test
  void nestsConditionalsFiveDeepAndNoDeeper() {
    assertThat(DefinitionRules.check(of(CampaignKind.DRIP, nested(5)))).isEmpty();
    assertThat(DefinitionRules.check(of(CampaignKind.DRIP, nested(6))))
        .extracting(FieldError::code)
        .containsExactly("nested_too_deep");
  }

  @Test
  void nestsConditionsTenDeepAndNoDeeper() {
    Condition condition = CONDITION;
    for (int depth = 1; depth < 10; depth++) {
      condition = new Condition.Not(condition);
    }

    assertThat(DefinitionRules.check(asked(condition))).isEmpty();
    assertThat(DefinitionRules.check(asked(new Condition.Not(condition))))
        .extracting(FieldError::code)
        .containsExactly("nested_too_deep");
  }

  @Test
  void listsAllThatIsWrongAtOnce() {
    CampaignDefinition definition =
        of(CampaignKind.MULTI_TOUCH, new Step.SendSms("A", Delay.NONE, new Template("x", "{{y}}")))
            .withName("");

    assertThat(DefinitionRules.check(definition))
        .extracting(FieldError::code)
        .containsExactly(
            "missing",
            "id_malformed",
            "delay_not_positive",
            "subject_not_allowed",
            "unknown_variable");
  }

  @Test
  void writesTheFactsOfAnOrdinaryTextAsTheyAre() {
    assertThat(DefinitionRules.check(text(null, "5 < 6 & {{custom.roof_age}} {{review_link}}")))
        .isEmpty();
  }

  private static Arguments bad(CampaignDefinition definition, String field, String code) {
    return Arguments.of(definition, field, code);
  }

  private static CampaignDefinition of(CampaignKind kind, Step... steps) {
    return new CampaignDefinition(
        "Follow-up",
        kind,
        null,
        CampaignSettings.DEFAULTS,
        List.of(new Trigger.JobCompletion()),
        List.of(steps));
  }

  private static CampaignDefinition triggers(CampaignKind kind, Trigger... triggers) {
    return new CampaignDefinition(
        "Follow-up", kind, null, CampaignSettings.DEFAULTS, List.of(triggers), List.of(EMAIL));
  }

  private static CampaignDefinition settings(
      @Nullable String description,
      @Nullable Goal goal,
      int afterDays,
      @Nullable Integer maximum,
      @Nullable BusinessHours hours) {
    return of(CampaignKind.DRIP, EMAIL)
        .withSettings(
            new CampaignSettings(
                description,
                goal,
                new Reenrollment(true, afterDays),
                EnrollmentMode.AUTOMATIC,
                PauseMode.STOP,
                maximum,
                hours,
                null));
  }

  private static BusinessHours hours(int start, int end, @Nullable String zone, DayOfWeek... days) {
    return new BusinessHours(LocalTime.of(start, 0), LocalTime.of(end, 0), Set.of(days), zone);
  }

  private static Step email(String id, int hours) {
    return new Step.SendEmail(id, Delay.hours(hours), MAIL);
  }

  private static Step[] emails(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(n -> email("touch-" + n, 24))
        .toArray(Step[]::new);
  }

  private static CampaignDefinition mail(@Nullable String subject, String body) {
    return of(CampaignKind.DRIP, new Step.SendEmail("email", HOUR, new Template(subject, body)));
  }

  private static CampaignDefinition text(@Nullable String subject, String body) {
    return of(CampaignKind.DRIP, new Step.SendSms("sms", HOUR, new Template(subject, body)));
  }

  private static CampaignDefinition asked(Condition condition) {
    return of(
        CampaignKind.DRIP, new Step.Conditional("f", HOUR, condition, List.of(EMAIL), List.of()));
  }

  private static Step fork(String id, Step... whenTrue) {
    return new Step.Conditional(id, HOUR, CONDITION, List.of(whenTrue), List.of());
  }

  private static Step nested(int depth) {
    Step step = EMAIL;
    for (int level = depth; level >= 1; level--) {
      step = fork("fork-" + level, step);
    }
    return step;
  }

  private static Condition compare(String fact, @Nullable String value) {
    return new Condition.Compare(fact, Condition.Operator.EQUALS, value, List.of());
  }
}
