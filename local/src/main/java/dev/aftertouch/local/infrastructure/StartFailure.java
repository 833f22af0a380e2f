package dev.aftertouch.local.infrastructure;

import dev.aftertouch.local.process.LogTail;
import dev.aftertouch.local.process.Trouble;
import java.nio.file.Path;
import java.time.Duration;

/** A server or service did not come up; the message names its log and quotes the end of it. */
public final class StartFailure extends Trouble {
  private static final long serialVersionUID = 1;

  StartFailure(String message) {
    super(message);
  }

  public static StartFailure of(String server, Path log) {
    return new StartFailure(
        "%s did not start; see %s, which ends with:%n%s"
            .formatted(server, log, LogTail.of(log, 15)));
  }

  /** It runs, but does not say that it is ready. */
  public static StartFailure late(String server, Duration patience, Path log) {
    return new StartFailure(
        "%s was not ready within %d minutes; see %s, which ends with:%n%s"
            .formatted(server, patience.toMinutes(), log, LogTail.of(log, 15)));
  }
}
