package dev.aftertouch.dispatch.gating;

import dev.aftertouch.dispatch.links.PublicLinks;
import dev.aftertouch.dispatch.replicas.Businesses.Business;
import dev.aftertouch.dispatch.replicas.Recipients;
import dev.aftertouch.dispatch.replicas.Recipients.Recipient;
import dev.aftertouch.dispatch.replicas.Versions.Version;
import dev.aftertouch.dispatch.sending.Message;
import dev.aftertouch.dispatch.sending.ProviderName;
import dev.aftertouch.dispatch.sending.Providers;
import dev.aftertouch.dispatch.settling.StoredTouch;
import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.business.BusinessSettings.EmailProvider;
import dev.aftertouch.engine.content.CompiledTemplate;
import dev.aftertouch.engine.content.Honeypot;
import dev.aftertouch.engine.content.Layout;
import dev.aftertouch.engine.content.LinkWriter;
import dev.aftertouch.engine.content.MissingVariable;
import dev.aftertouch.engine.content.RenderedEmail;
import dev.aftertouch.engine.content.RenderedLink;
import dev.aftertouch.engine.content.RenderedSms;
import dev.aftertouch.engine.content.Renderer;
import dev.aftertouch.engine.content.Variables;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.gate.Validity;
import dev.aftertouch.facts.TouchDue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Renders a touch for its recipient and freezes it into its provider's bytes. Calls nobody. */
final class ComposeTouch {
  /** What came of composing. */
  sealed interface Composed {
    /**
     * Ready to be handed over.
     *
     * @param handOver most time until the provider has it
     */
    record Ready(
        UUID attempt,
        ProviderName provider,
        String address,
        byte[] body,
        @Nullable Integer segments,
        List<RenderedLink> links,
        Duration handOver)
        implements Composed {}

    /** Something that it needs is missing; named for people. */
    record Incomplete(String variable) implements Composed {}
  }

  /** Whom, what and when, and the id that it gets. */
  record Request(
      TouchDue due,
      UUID attempt,
      Channel channel,
      Business business,
      Recipient recipient,
      Version version,
      Validity validity,
      Instant now) {}

  private static final String FEEDBACK = "feedback";
  private static final String FEEDBACK_LINK = "feedback_link";
  private static final String UNSUBSCRIBE = "unsubscribe_link";
  private static final List<String> FIGURES = List.of("estimate_amount", "monthly_payment");

  private final Providers providers;
  private final Recipients recipients;
  private final PublicLinks links;

  ComposeTouch(Providers providers, Recipients recipients, PublicLinks links) {
    this.providers = providers;
    this.recipients = recipients;
    this.links = links;
  }

  /**
   * The frozen message of an attempt whose answer was lost, for one more attempt: the same words
   * from the same provider. Only the address that it went to may get it.
   */
  Composed again(Request request, StoredTouch earlier, byte[] frozen) {
    StoredTouch.Attempt attempt = Objects.requireNonNull(earlier.attempt());
    String address =
        switch (request.channel()) {
          case EMAIL -> request.recipient().email();
          case SMS -> request.recipient().phone();
        };
    if (address == null || !address.equals(attempt.address())) {
      return new Composed.Incomplete("address");
    }
    TouchDue due = request.due();
    UUID again = request.attempt();
    Message.Ids before =
        new Message.Ids(due.getBusinessId(), due.getTouchId(), earlier.round(), attempt.id());
    byte[] body =
        providers.freezeAgain(
            attempt.provider(),
            frozen,
            before,
            ids(request, again),
            request.validity().providerSeconds());
    return new Composed.Ready(
        again,
        attempt.provider(),
        address,
        body,
        attempt.segments(),
        List.of(),
        request.validity().handOver());
  }

  /** The provider that takes this business's messages of the channel. */
  static ProviderName provider(BusinessSettings settings, Channel channel) {
    return switch (channel) {
      case SMS -> ProviderName.TWILIO;
      case EMAIL ->
          settings.sender().emailProvider() == EmailProvider.SMTP
              ? ProviderName.SMTP
              : ProviderName.RESEND;
    };
  }

  /** Whether the business has a sender for the channel and the provider an account. */
  boolean isConfigured(BusinessSettings settings, Channel channel) {
    String sender =
        switch (channel) {
          case EMAIL -> settings.sender().email();
          case SMS -> settings.sender().phone();
        };
    return sender != null
        && !sender.isBlank()
        && providers.isConfigured(provider(settings, channel));
  }

  Composed compose(Request request) {
    TouchDue due = request.due();
    UUID attempt = request.attempt();
    return switch (request.version().templates().get(due.getStepId())) {
      case CompiledTemplate.Email email -> email(request, attempt, email);
      case CompiledTemplate.Sms text -> text(request, attempt, text);
      case CompiledTemplate.Malformed malformed -> new Composed.Incomplete("template");
      case null -> new Composed.Incomplete("step");
    };
  }

  private Composed email(Request request, UUID attempt, CompiledTemplate.Email template) {
    BusinessSettings settings = request.business().settings();
    String unsubscribe = links.unsubscribe(request.business().id(), attempt);
    Map<String, String> values = variables(request, attempt, template);
    values.put(UNSUBSCRIBE, unsubscribe);
    return switch (Renderer.email(template, values, layout(request), links(request, attempt))) {
      case MissingVariable missing -> new Composed.Incomplete(missing.name());
      case RenderedEmail email -> {
        String to = Objects.requireNonNull(request.recipient().email());
        Message message =
            new Message.Email(
                ids(request, attempt),
                request.business().name(),
                Objects.requireNonNull(settings.sender().email()),
                settings.sender().replyTo(),
                to,
                email.subject(),
                Honeypot.addTo(email.html(), links.honeypot(request.business().id(), attempt)),
                email.text(),
                unsubscribe,
                request.now());
        yield freeze(request, attempt, to, message, null, email.links());
      }
    };
  }

  private Composed text(Request request, UUID attempt, CompiledTemplate.Sms template) {
    boolean first = request.due().getStepId().equals(request.version().firstText());
    Map<String, String> values = variables(request, attempt, template);
    if (template.uses(UNSUBSCRIBE)) {
      values.put(UNSUBSCRIBE, links.unsubscribe(request.business().id(), attempt));
    }
    return switch (Renderer.sms(
        template, values, layout(request), first, links(request, attempt))) {
      case MissingVariable missing -> new Composed.Incomplete(missing.name());
      case RenderedSms sms -> {
        String to = Objects.requireNonNull(request.recipient().phone());
        Message message =
            new Message.Text(
                ids(request, attempt),
                Objects.requireNonNull(request.business().settings().sender().phone()),
                to,
                sms.body(),
                request.validity().providerSeconds());
        yield freeze(request, attempt, to, message, sms.segments().count(), sms.links());
      }
    };
  }

  private Composed freeze(
      Request request,
      UUID attempt,
      String to,
      Message message,
      @Nullable Integer segments,
      List<RenderedLink> rendered) {
    ProviderName provider = provider(request.business().settings(), request.channel());
    try {
      return new Composed.Ready(
          attempt,
          provider,
          to,
          providers.freeze(provider, message),
          segments,
          stored(rendered),
          request.validity().handOver());
    } catch (IllegalArgumentException malformed) {
      return new Composed.Incomplete("address");
    }
  }

  /** Links that lead over us are stored with their targets, in the order of their numbers. */
  private static List<RenderedLink> stored(List<RenderedLink> rendered) {
    return rendered.stream().filter(link -> !link.name().equals(FEEDBACK)).toList();
  }

  private LinkWriter links(Request request, UUID attempt) {
    int[] number = {0};
    return (name, target) ->
        name.equals(FEEDBACK) || number[0] >= PublicLinks.MOST_TRACKED
            ? target
            : links.click(request.business().id(), attempt, number[0]++);
  }

  private static Message.Ids ids(Request request, UUID attempt) {
    return new Message.Ids(
        request.business().id(), request.due().getTouchId(), request.due().getRound(), attempt);
  }

  private static Layout layout(Request request) {
    return new Layout(request.business().name(), request.business().settings().postalAddress());
  }

  /** All but the unsubscribe link; signed links only where the template has use for them. */
  private Map<String, String> variables(Request request, UUID attempt, CompiledTemplate template) {
    BusinessSettings settings = request.business().settings();
    Recipient recipient = request.recipient();
    Map<String, String> values = new HashMap<>();
    put(values, "first_name", recipient.firstName());
    put(values, "last_name", recipient.lastName());
    put(values, "contact_name", contactName(recipient));
    put(values, "company_name", request.business().name());
    put(values, "user_name", settings.sender().userName());
    put(values, "user_phone", settings.sender().phone());
    put(values, "review_link", settings.links().review());
    put(values, "booking_link", settings.links().booking());
    put(values, "calendar_link", settings.links().calendar());
    put(values, "postal_address", settings.postalAddress());
    put(values, "job_service", request.due().getServiceType());
    if (template.uses(FEEDBACK_LINK)) {
      values.put(FEEDBACK_LINK, links.feedback(request.business().id(), attempt));
    }
    recipients
        .fields(recipient)
        .forEach(
            (field, value) -> {
              values.put(Variables.CUSTOM + field, value);
              if (FIGURES.contains(field)) {
                values.put(field, value);
              }
            });
    return values;
  }

  private static @Nullable String contactName(Recipient recipient) {
    if (recipient.firstName() == null || recipient.lastName() == null) {
      return recipient.firstName() == null ? recipient.lastName() : recipient.firstName();
    }
    return recipient.firstName() + " " + recipient.lastName();
  }

  private static void put(Map<String, String> values, String name, @Nullable String value) {
    if (value != null) {
      values.put(name, value);
    }
  }
}
