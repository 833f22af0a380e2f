package dev.aftertouch.sandbox.resend;

import dev.aftertouch.sandbox.faults.Fault;
import dev.aftertouch.sandbox.resend.Reading.Emails;
import org.jspecify.annotations.Nullable;

/** One request to send, while it is being decided. */
record Sending(
    Emails emails, boolean batch, @Nullable String key, String sha256, @Nullable Fault fault) {

  /** For the ledger: which fault was played, if any. */
  @Nullable String played() {
    return fault == null ? null : fault.kind().label();
  }
}
