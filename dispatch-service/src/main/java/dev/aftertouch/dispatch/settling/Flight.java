package dev.aftertouch.dispatch.settling;

import java.util.List;
import java.util.UUID;

/** Claims of one transaction on their way out, noted until all of them have an end. */
public record Flight(UUID id, List<Claim> claims) {
  /** Nothing to hand over, and so nothing noted. */
  public static final Flight NONE = new Flight(new UUID(0, 0), List.of());

  public boolean isEmpty() {
    return claims.isEmpty();
  }
}
