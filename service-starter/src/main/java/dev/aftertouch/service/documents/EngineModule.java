package dev.aftertouch.service.documents;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.definition.Condition;
import dev.aftertouch.engine.definition.Step;
import dev.aftertouch.engine.definition.Trigger;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/** How the engine's types look in JSON, kept out of the engine. */
public final class EngineModule extends SimpleModule {
  private static final long serialVersionUID = 1;

  /** Codes in lower case, a {@code kind} for each sealed family. */
  public EngineModule() {
    super("aftertouch-engine");
    setMixInAnnotation(Step.class, StepKinds.class);
    setMixInAnnotation(Step.Touching.class, TouchingStep.class);
    setMixInAnnotation(Condition.class, ConditionKinds.class);
    setMixInAnnotation(Trigger.class, TriggerKinds.class);
    addSerializer(Enum.class, new LowerCase());
    addKeySerializer(Enum.class, new LowerCaseKey());
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Step.SendEmail.class, name = "send_email"),
    @JsonSubTypes.Type(value = Step.SendSms.class, name = "send_sms"),
    @JsonSubTypes.Type(value = Step.CreateTask.class, name = "create_task"),
    @JsonSubTypes.Type(value = Step.Wait.class, name = "wait"),
    @JsonSubTypes.Type(value = Step.UpdateField.class, name = "update_field"),
    @JsonSubTypes.Type(value = Step.ManageTags.class, name = "manage_tags"),
    @JsonSubTypes.Type(value = Step.Notify.class, name = "notify"),
    @JsonSubTypes.Type(value = Step.Webhook.class, name = "webhook"),
    @JsonSubTypes.Type(value = Step.Conditional.class, name = "conditional"),
    @JsonSubTypes.Type(value = Step.ExitCampaign.class, name = "exit_campaign")
  })
  private interface StepKinds {}

  private interface TouchingStep extends StepKinds {
    @JsonIgnore
    Channel channel();
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Condition.All.class, name = "all"),
    @JsonSubTypes.Type(value = Condition.Any.class, name = "any"),
    @JsonSubTypes.Type(value = Condition.Not.class, name = "not"),
    @JsonSubTypes.Type(value = Condition.Compare.class, name = "compare")
  })
  private interface ConditionKinds {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Trigger.JobCompletion.class, name = "job_completion"),
    @JsonSubTypes.Type(value = Trigger.StageChange.class, name = "stage_change"),
    @JsonSubTypes.Type(value = Trigger.TimeBased.class, name = "time_based"),
    @JsonSubTypes.Type(value = Trigger.Event.class, name = "event"),
    @JsonSubTypes.Type(value = Trigger.Manual.class, name = "manual")
  })
  private interface TriggerKinds {}

  @SuppressWarnings("rawtypes")
  private static final class LowerCase extends ValueSerializer<Enum> {
    @Override
    public void serialize(Enum value, JsonGenerator out, SerializationContext context) {
      out.writeString(value.name().toLowerCase(Locale.ROOT));
    }
  }

  @SuppressWarnings("rawtypes")
  private static final class LowerCaseKey extends ValueSerializer<Enum> {
    @Override
    public void serialize(Enum value, JsonGenerator out, SerializationContext context) {
      out.writeName(value.name().toLowerCase(Locale.ROOT));
    }
  }
}
