package dev.aftertouch.campaign.running;

/** Campaign definitions as an owner would send them. */
public final class Definitions {
  private Definitions() {}

  /** One e-mail a day after any job of the service, which is a JSON literal. */
  public static String oneEmail(String name, String service) {
    return """
        {
          "name": "%s",
          "kind": "multi_touch",
          "service_type": %s,
          "triggers": [{"kind": "job_completion"}],
          "steps": [
            {
              "kind": "send_email",
              "id": "thanks",
              "delay": {"amount": 24, "unit": "hours"},
              "template": {"subject": "Thank you, {{first_name|friend}}", "body": "<p>How was it? {{review_link}}</p>"}
            }
          ]
        }
        """
        .formatted(name, service);
  }

  /** A text that takes its wording from a template. */
  public static String textFromTemplate(String name, String service, String templateId) {
    return """
        {
          "name": "%s",
          "kind": "multi_touch",
          "service_type": %s,
          "steps": [
            {
              "kind": "send_sms",
              "id": "ask",
              "delay": {"amount": 2, "unit": "hours"},
              "template": {"template_id": "%s"}
            }
          ]
        }
        """
        .formatted(name, service, templateId);
  }
}
