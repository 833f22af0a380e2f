package dev.aftertouch.gateway.routing;

import java.io.IOException;

/** The caller sent more than the address takes; raised while the body is being read. */
final class BodyTooLarge extends IOException {
  private static final long serialVersionUID = 1L;
  private final long limitBytes;

  BodyTooLarge(long limitBytes) {
    super("body exceeds " + limitBytes + " bytes");
    this.limitBytes = limitBytes;
  }

  long limitBytes() {
    return limitBytes;
  }
}
