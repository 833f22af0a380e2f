package dev.aftertouch.dispatch.webhooks;

import dev.aftertouch.dispatch.links.LinksProperties;
import dev.aftertouch.dispatch.webhooks.WebhookEndpoints.Endpoint;
import dev.aftertouch.dispatch.webhooks.WebhookInbox.Kind;
import dev.aftertouch.dispatch.webhooks.WebhookInbox.Received;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where providers call. A signature is verified over the bytes as they came, before anything is
 * read from them; 2xx means committed. Without a secret nothing is accepted.
 */
@RestController
@RequestMapping("/w")
final class WebhooksController {
  private static final int LONGEST_BODY = 256 * 1024;
  private static final String NOTHING_TO_SAY =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

  private final WebhookEndpoints endpoints;
  private final ReceiveWebhook receive;
  private final TextAnswers answers;
  private final WebhooksProperties properties;
  private final LinksProperties links;
  private final InstantSource clock;

  WebhooksController(
      WebhookEndpoints endpoints,
      ReceiveWebhook receive,
      TextAnswers answers,
      WebhooksProperties properties,
      LinksProperties links,
      InstantSource clock) {
    this.endpoints = endpoints;
    this.receive = receive;
    this.answers = answers;
    this.properties = properties;
    this.links = links;
    this.clock = clock;
  }

  @PostMapping("/resend/{token}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void resend(
      @PathVariable String token,
      @RequestHeader(name = "svix-id", required = false) @Nullable String id,
      @RequestHeader(name = "svix-timestamp", required = false) @Nullable String timestamp,
      @RequestHeader(name = "svix-signature", required = false) @Nullable String signature,
      HttpServletRequest request)
      throws IOException {
    Endpoint endpoint = endpoint(token);
    byte[] body = body(request);
    boolean valid =
        SvixSignature.isValid(
            endpoint.resendSecret(),
            id,
            timestamp,
            signature,
            body,
            clock.instant(),
            properties.tolerance());
    if (!valid || id == null) {
      throw forged();
    }
    receive.receive(new Received(Kind.RESEND_EVENT, token, id, clock.instant(), "", body));
  }

  @PostMapping("/twilio/{token}/status")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void twilioStatus(
      @PathVariable String token,
      @RequestHeader(name = "X-Twilio-Signature", required = false) @Nullable String signature,
      HttpServletRequest request)
      throws IOException {
    byte[] body = body(request);
    Form form = verified(endpoint(token), signature, request, body);
    String event = form.text("MessageSid") + "/" + form.text("MessageStatus");
    receive.receive(
        new Received(Kind.TWILIO_STATUS, token, event, clock.instant(), query(request), body));
  }

  @PostMapping(
      path = {"/twilio/{token}/inbound", "/twilio/{token}"},
      produces = MediaType.TEXT_XML_VALUE)
  String twilioInbound(
      @PathVariable String token,
      @RequestHeader(name = "X-Twilio-Signature", required = false) @Nullable String signature,
      HttpServletRequest request)
      throws IOException {
    byte[] body = body(request);
    Form form = verified(endpoint(token), signature, request, body);
    String event = form.text("MessageSid") + "/received";
    Worked worked =
        receive.receive(
            new Received(Kind.TWILIO_INBOUND, token, event, clock.instant(), query(request), body));
    return answers.answerTo(form, worked).orElse(NOTHING_TO_SAY);
  }

  private Endpoint endpoint(String token) {
    return endpoints
        .find(token)
        .orElseThrow(() -> new RefusedException(Problems.notFound("webhook endpoint")));
  }

  private static byte[] body(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(LONGEST_BODY + 1);
    if (body.length > LONGEST_BODY) {
      throw new RefusedException(
          Problems.of(
              HttpStatus.CONTENT_TOO_LARGE,
              "too_large",
              "Too large",
              "A webhook's body may have 256 KB at most."));
    }
    return body;
  }

  private Form verified(
      Endpoint endpoint, @Nullable String signature, HttpServletRequest request, byte[] body) {
    Form form;
    try {
      form = Form.parse(new String(body, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      throw forged();
    }
    String query = request.getQueryString();
    String url = links.publicUrl() + request.getRequestURI() + (query == null ? "" : "?" + query);
    if (!TwilioSignature.isValid(endpoint.twilioAuthToken(), signature, url, form.values())) {
      throw forged();
    }
    return form;
  }

  private static String query(HttpServletRequest request) {
    String query = request.getQueryString();
    return query == null ? "" : query;
  }

  private static RefusedException forged() {
    return new RefusedException(
        Problems.of(
            HttpStatus.UNAUTHORIZED,
            "signature_invalid",
            "Signature not accepted",
            "The webhook's signature is missing, wrong or too old."));
  }
}
