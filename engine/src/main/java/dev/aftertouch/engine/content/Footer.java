package dev.aftertouch.engine.content;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What the law asks of every commercial e-mail (CAN-SPAM, 15 U.S.C. 7704(a)(5)): who sends it, from
 * where, and a way out. Added where the author has not placed it, or where it would not always be
 * seen.
 */
final class Footer {
  private static final String STYLE = " style=\"font-size:12px;color:#667085\">";
  private static final String ADDRESS =
      "\n<p" + STYLE + "{{company_name}}<br>{{postal_address}}</p>";
  private static final String UNSUBSCRIBE =
      "\n<p" + STYLE + "<a href=\"{{unsubscribe_link}}\">Unsubscribe</a></p>";

  private Footer() {}

  /**
   * The e-mail with what it lacks.
   *
   * @param marked the same e-mail with its links as marks
   */
  static String appendTo(String html, Marked marked) {
    Set<String> shown = alwaysShown(marked);
    String footer =
        (shown.contains(Variables.POSTAL_ADDRESS) ? "" : ADDRESS)
            + (shown.contains(Variables.UNSUBSCRIBE) ? "" : UNSUBSCRIBE);
    int end = endOfBody(html);
    return end < 0 ? html + footer : html.substring(0, end) + footer + "\n" + html.substring(end);
  }

  /**
   * Where {@code </body>} stands as the last but for {@code </html>}; -1 when it does not, so that
   * no comment hides it.
   */
  private static int endOfBody(String html) {
    String lower = html.toLowerCase(Locale.ROOT);
    int end = lower.lastIndexOf("</body>");
    if (end < 0) {
      return -1;
    }
    String rest = lower.substring(end + "</body>".length()).strip();
    return rest.isEmpty() || rest.equals("</html>") ? end : -1;
  }

  /** Variables that stand neither in a section nor in a comment nor amid the address of a link. */
  private static Set<String> alwaysShown(Marked marked) {
    String text = marked.text();
    Set<String> names = new HashSet<>();
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("<!--", i)) {
        int end = text.indexOf("-->", i);
        i = end < 0 ? text.length() - 1 : end;
      }
      switch (marked.tag(text.charAt(i))) {
        case null -> {}
        case Tag.Variable variable -> {
          if (depth == 0) {
            names.add(variable.name());
          }
        }
        case Tag.Opening ignored -> depth++;
        case Tag.Closing ignored -> depth--;
        case Tag.LinkAddress address -> {
          if (depth == 0 && !address.plan().tracked()) {
            names.add(Variables.UNSUBSCRIBE);
          }
        }
      }
    }
    return names;
  }
}
