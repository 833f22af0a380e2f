package dev.aftertouch.dispatch.sending;

import java.net.URI;

/** Where connections lead; those of equal origins are interchangeable. */
record Origin(boolean secure, String host, int port) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  static Origin of(URI uri) {
    boolean secure = "https".equals(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? HTTPS : HTTP;
    return new Origin(secure, uri.getHost(), port);
  }
}
