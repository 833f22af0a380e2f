package dev.aftertouch.service.retention;

import java.util.List;

/** All that a service forgets some day. */
public record Kept(List<Keeping> kinds) {
  /** Forgets nothing else. */
  public Kept {
    kinds = List.copyOf(kinds);
  }
}
