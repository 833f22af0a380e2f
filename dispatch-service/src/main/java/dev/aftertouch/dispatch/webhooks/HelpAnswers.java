package dev.aftertouch.dispatch.webhooks;

import dev.aftertouch.dispatch.replicas.Businesses;
import dev.aftertouch.dispatch.replicas.Businesses.Business;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** Who is texting and how to stop it, for who asks HELP; also for who has opted out. */
@Component
final class HelpAnswers {
  private final Tenancy tenancy;
  private final Businesses businesses;

  HelpAnswers(Tenancy tenancy, Businesses businesses) {
    this.tenancy = tenancy;
    this.businesses = businesses;
  }

  /** TwiML that answers; empty when it asks for no help, or Twilio has answered by itself. */
  Optional<String> answerTo(Form form) {
    String body = form.text("Body");
    String to = form.text("To");
    if (body == null
        || to == null
        || form.text("OptOutType") != null
        || InboundText.read(body) != InboundText.HELP) {
      return Optional.empty();
    }
    List<Business> addressed =
        tenancy.asWorker(
            () -> {
              List<UUID> ids = businesses.withSenderPhone(to);
              return List.copyOf(businesses.find(ids).businesses().values());
            });
    return addressed.stream().findFirst().map(business -> answer(business, to));
  }

  private static String answer(Business business, String number) {
    String contact =
        business.settings().sender().email() == null
            ? number
            : business.settings().sender().email();
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Message>"
        + HtmlUtils.htmlEscapeDecimal(
            business.name() + ": questions? Contact " + contact + ". Reply STOP to opt out.")
        + "</Message></Response>";
  }
}
