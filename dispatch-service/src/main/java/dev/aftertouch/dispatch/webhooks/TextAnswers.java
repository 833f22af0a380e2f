package dev.aftertouch.dispatch.webhooks;

import dev.aftertouch.dispatch.replicas.Businesses;
import dev.aftertouch.dispatch.replicas.Businesses.Business;
import dev.aftertouch.engine.inbound.InboundText;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * What is answered to a text, by the webhook's own answer: who is texting and how to stop it, for
 * who asks HELP, also after an opt-out; and one confirmation of an opt-out, without marketing (47
 * CFR 64.1200(a)(12)). Nothing where Twilio answers by itself.
 */
@Component
final class TextAnswers {
  /**
   * Whole messages that Twilio confirms by itself:
   * https://support.twilio.com/hc/en-us/articles/223134027.
   */
  private static final Set<String> CONFIRMED_BY_TWILIO =
      Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT");

  private final Tenancy tenancy;
  private final Businesses businesses;

  TextAnswers(Tenancy tenancy, Businesses businesses) {
    this.tenancy = tenancy;
    this.businesses = businesses;
  }

  /** TwiML that answers; empty when there is nothing to say. */
  Optional<String> answerTo(Form form, Worked worked) {
    String body = form.text("Body");
    String to = form.text("To");
    if (body == null || to == null || form.text("OptOutType") != null) {
      return Optional.empty();
    }
    return switch (InboundText.read(body).meaning()) {
      case HELP -> addressed(to).map(business -> help(business, to));
      case STOP ->
          worked != Worked.OPTED_OUT || confirmsItself(body)
              ? Optional.empty()
              : addressed(to).map(TextAnswers::confirmation);
      case START, DOUBT, REPLY -> Optional.empty();
    };
  }

  private static boolean confirmsItself(String body) {
    return CONFIRMED_BY_TWILIO.contains(body.strip().toUpperCase(Locale.ROOT));
  }

  private Optional<Business> addressed(String to) {
    return tenancy.asWorker(
        () ->
            businesses.find(businesses.withSenderPhone(to)).businesses().values().stream()
                .findFirst());
  }

  private static String help(Business business, String number) {
    String contact =
        business.settings().sender().email() == null
            ? number
            : business.settings().sender().email();
    return message(
        business.name() + ": questions? Contact " + contact + ". Reply STOP to opt out.");
  }

  private static String confirmation(Business business) {
    return message(
        business.name()
            + ": you are unsubscribed and get no more texts. Reply START to get them again.");
  }

  private static String message(String text) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Message>"
        + HtmlUtils.htmlEscapeDecimal(text)
        + "</Message></Response>";
  }
}
