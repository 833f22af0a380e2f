package dev.aftertouch.dispatch.links;

import dev.aftertouch.dispatch.links.LinkTokens.Link;
import dev.aftertouch.dispatch.links.LinkTokens.Purpose;
import java.net.URI;
import java.util.UUID;

/** Addresses that customers can open. */
public final class PublicLinks {
  /** Links of one message that can be led over us. */
  public static final int MOST_TRACKED = LinkTokens.HONEYPOT;

  private final String base;
  private final LinkTokens tokens;

  PublicLinks(URI publicUrl, LinkTokens tokens) {
    String url = publicUrl.toString();
    this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.tokens = tokens;
  }

  /** Leads to the target that was stored under that number. */
  public String click(UUID business, UUID attempt, int number) {
    return base + "/l/" + tokens.write(Purpose.CLICK, new Link(business, attempt, number));
  }

  /** A link that looks like the others and that no person sees. */
  public String honeypot(UUID business, UUID attempt) {
    return click(business, attempt, LinkTokens.HONEYPOT);
  }

  /** The unsubscribe page, which is also the one-click address of RFC 8058. */
  public String unsubscribe(UUID business, UUID attempt) {
    return base + "/u/" + tokens.write(Purpose.UNSUBSCRIBE, new Link(business, attempt, 0));
  }

  /** The feedback page. */
  public String feedback(UUID business, UUID attempt) {
    return base + "/f/" + tokens.write(Purpose.FEEDBACK, new Link(business, attempt, 0));
  }
}
