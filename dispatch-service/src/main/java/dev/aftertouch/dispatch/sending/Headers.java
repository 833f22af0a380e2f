package dev.aftertouch.dispatch.sending;

/** Values of mail headers: no value may begin a new header. */
final class Headers {
  private Headers() {}

  /** The value with every control character (CR, LF, NUL and the like) as a space. */
  static String clean(String value) {
    StringBuilder cleaned = null;
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i))) {
        if (cleaned == null) {
          cleaned = new StringBuilder(value);
        }
        cleaned.setCharAt(i, ' ');
      }
    }
    return cleaned == null ? value : cleaned.toString();
  }

  /** {@code "Name" <address>}, the name quoted as RFC 5322 wants it. */
  static String mailbox(String name, String address) {
    String quoted = clean(name).replace("\\", "\\\\").replace("\"", "\\\"");
    return "\"" + quoted + "\" <" + clean(address) + ">";
  }
}
