package dev.aftertouch.local.demo;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Shows the business and its active campaign; makes one where there is none. */
final class OpeningScene {
  private final Api api;
  private final Terminal terminal;
  private final Business business;

  OpeningScene(Api api, Terminal terminal, Business business) {
    this.api = api;
    this.terminal = terminal;
    this.business = business;
  }

  /** The campaign that will enroll. */
  JsonNode show() {
    terminal.heading(business.name());
    JsonNode quiet = business.settings().path("quiet_hours");
    terminal.say(
        "In %s; nothing leaves from %s to %s in the customer's time, and at most %d e-mails and %d texts an hour."
            .formatted(
                business.zone(),
                minute(quiet.path("start")),
                minute(quiet.path("end")),
                business.emailsPerHour(),
                business.textsPerHour()));
    JsonNode campaign = api.get("/api/campaigns/" + activeCampaign());
    terminal.say(
        "Campaign \"%s\": %s".formatted(campaign.path("name").asString(), steps(campaign)));
    return campaign;
  }

  private String activeCampaign() {
    for (JsonNode campaign :
        api.get("/api/campaigns?status=active&kind=multi_touch").path("items")) {
      if (campaign.path("service_type").isNull() || campaign.path("service_type").isMissingNode()) {
        return campaign.path("id").asString();
      }
    }
    terminal.say(
        "No campaign for all services is active: the preset \"standard\" is duplicated and activated.");
    for (JsonNode preset : api.get("/api/presets").path("items")) {
      if (preset.path("preset_key").asString("").equals("standard")) {
        String id =
            api.post(
                    "/api/campaigns/" + preset.path("id").asString() + "/duplicate",
                    Map.of("name", "After the job"))
                .path("id")
                .asString();
        api.post("/api/campaigns/" + id + "/activate", Map.of());
        return id;
      }
    }
    throw new IllegalStateException("There is no preset named standard.");
  }

  private static String steps(JsonNode campaign) {
    StringBuilder text = new StringBuilder();
    int number = 0;
    for (JsonNode step : campaign.path("definition").path("steps")) {
      String kind = step.path("kind").asString("");
      String touch = kind.equals("send_sms") ? "text" : kind.equals("send_email") ? "e-mail" : kind;
      text.append(text.isEmpty() ? "" : ", then ")
          .append(touch)
          .append(' ')
          .append(++number)
          .append(" after ")
          .append(delay(step.path("delay")));
    }
    return text + ".";
  }

  /** Without the seconds. */
  private static String minute(JsonNode time) {
    String text = time.asString("");
    return text.length() > 5 ? text.substring(0, 5) : text;
  }

  private static String delay(JsonNode delay) {
    if (!delay.isObject()) {
      return delay.asString("");
    }
    String unit = delay.path("unit").asString("");
    return delay.path("value").asString(delay.path("amount").asString("")) + " " + unit;
  }
}
