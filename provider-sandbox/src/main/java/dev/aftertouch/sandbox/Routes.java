package dev.aftertouch.sandbox;

import dev.aftertouch.sandbox.faults.FaultsApi;
import dev.aftertouch.sandbox.http.Handling;
import dev.aftertouch.sandbox.http.Json;
import dev.aftertouch.sandbox.http.Reply;
import dev.aftertouch.sandbox.http.Request;
import dev.aftertouch.sandbox.inbox.InboxApi;
import dev.aftertouch.sandbox.inbox.InboxPages;
import dev.aftertouch.sandbox.ledger.LedgerApi;
import dev.aftertouch.sandbox.resend.ResendApi;
import dev.aftertouch.sandbox.twilio.TwilioApi;
import dev.aftertouch.sandbox.webhooks.Webhooks;
import java.util.function.Consumer;

/**
 * Which path is whose. The providers' own paths are decided on the event loop, all others aside.
 */
record Routes(
    ResendApi resend,
    TwilioApi twilio,
    LedgerApi ledger,
    FaultsApi faults,
    InboxApi inbox,
    InboxPages pages,
    Webhooks webhooks,
    Runnable reset)
    implements Handling {

  @Override
  public void handle(Request request, Consumer<Reply> done) {
    String path = request.uri();
    if (path.startsWith("/emails")) {
      resend.handle(request, done);
    } else if (path.startsWith(TwilioApi.PREFIX)) {
      twilio.handle(request, done);
    } else {
      Handling.aside(this::aside).handle(request, done);
    }
  }

  private Reply aside(Request request) {
    String path = request.path();
    if (!request.method().equals("GET") && comesFromAnotherSite(request)) {
      return Reply.problem(403, "Another site's page may not change the sandbox.");
    }
    if (path.equals("/") || path.startsWith(InboxPages.PATH)) {
      return pages.handle(request);
    }
    if (path.equals("/sandbox/ledger") || path.equals("/sandbox/ledger/summary")) {
      return ledger.handle(request);
    }
    if (path.equals("/sandbox/faults")) {
      return faults.handle(request);
    }
    if (path.equals(InboxApi.PATH) || path.startsWith(InboxApi.PATH + "/")) {
      return inbox.handle(request);
    }
    return switch (request.method() + " " + path) {
      case "GET /health" -> up();
      case "GET /sandbox/webhooks" -> webhooks.report();
      case "POST /sandbox/inbound" -> inbox.inbound(request);
      case "DELETE /sandbox" -> {
        reset.run();
        yield up();
      }
      default -> Reply.problem(404, "There is nothing at " + path);
    };
  }

  private static Reply up() {
    return Reply.json(200, Json.object(json -> json.writeStringProperty("status", "UP")));
  }

  /** Browsers name the page that a form or script was sent from; other programs do not. */
  private static boolean comesFromAnotherSite(Request request) {
    String origin = request.header("origin");
    return origin != null && !origin.endsWith("://" + request.header("host"));
  }
}
