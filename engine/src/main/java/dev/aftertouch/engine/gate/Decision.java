package dev.aftertouch.engine.gate;

import java.time.Instant;
import java.util.Map;

/** The gate's answer, always with its reason and what it rests on. */
public sealed interface Decision {
  /** Which rule decided. */
  Reason reason();

  /** Rule inputs in words and figures, without personal data. */
  Map<String, String> evidence();

  /** It may leave now. */
  record Send(Reason reason, Map<String, String> evidence) implements Decision {}

  /** It may leave at that instant; its pacing slot, where one was needed, is reserved. */
  record Defer(Instant until, Reason reason, Map<String, String> evidence) implements Decision {}

  /** It will not leave. */
  record Skip(Reason reason, Map<String, String> evidence) implements Decision {}
}
