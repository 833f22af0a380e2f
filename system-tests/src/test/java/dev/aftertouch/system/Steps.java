package dev.aftertouch.system;

import tools.jackson.databind.node.ObjectNode;

/** Steps as documents. */
final class Steps {
  private Steps() {}

  static ObjectNode mail(String id, int hours) {
    ObjectNode step = step("send_email", id, hours);
    step.putObject("template")
        .put("subject", "How did we do, {{first_name|there}}?")
        .put(
            "body",
            "<p>Hi {{first_name|there}}, a <a href=\"{{review_link}}\">review</a> helps us. <a href=\"{{feedback_link}}\">Tell us</a> if not.</p>");
    return step;
  }

  static ObjectNode text(String id, int hours) {
    ObjectNode step = step("send_sms", id, hours);
    step.putObject("template")
        .put(
            "body",
            "Hi {{first_name|there}}, {{company_name}} here. All well? Reply STOP to opt out.");
    return step;
  }

  private static ObjectNode step(String kind, String id, int hours) {
    ObjectNode step = Json.object().put("kind", kind).put("id", id);
    step.putObject("delay").put("amount", hours).put("unit", "hours");
    return step;
  }
}
