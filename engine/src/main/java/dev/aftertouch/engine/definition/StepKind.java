package dev.aftertouch.engine.definition;

import java.util.Locale;

/** The ten kinds of step by name (CB-04): the {@code kind} of a step in JSON. */
public enum StepKind {
  SEND_EMAIL,
  SEND_SMS,
  CREATE_TASK,
  WAIT,
  UPDATE_FIELD,
  MANAGE_TAGS,
  NOTIFY,
  WEBHOOK,
  CONDITIONAL,
  EXIT_CAMPAIGN;

  /** The kind of a step. */
  public static StepKind of(Step step) {
    return switch (step) {
      case Step.SendEmail ignored -> SEND_EMAIL;
      case Step.SendSms ignored -> SEND_SMS;
      case Step.CreateTask ignored -> CREATE_TASK;
      case Step.Wait ignored -> WAIT;
      case Step.UpdateField ignored -> UPDATE_FIELD;
      case Step.ManageTags ignored -> MANAGE_TAGS;
      case Step.Notify ignored -> NOTIFY;
      case Step.Webhook ignored -> WEBHOOK;
      case Step.Conditional ignored -> CONDITIONAL;
      case Step.ExitCampaign ignored -> EXIT_CAMPAIGN;
    };
  }

  /** The word used in JSON, SQL and topics. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
