package dev.aftertouch.engine.content;

/**
 * A link in an e-mail's HTML that no person sees or reaches by keyboard or screen reader. Whoever
 * follows it reads the source and not the mail: a scanner. The plain text has none.
 */
public final class Honeypot {
  private static final String END = "</body>";

  private Honeypot() {}

  /** The HTML with the link at its end; the address is written as it is. */
  public static String addTo(String html, String address) {
    String link =
        "<div style=\"display:none\" aria-hidden=\"true\"><a href=\""
            + address
            + "\" tabindex=\"-1\" rel=\"nofollow\"></a></div>";
    int end = html.lastIndexOf(END);
    return end < 0 ? html + link : html.substring(0, end) + link + html.substring(end);
  }
}
