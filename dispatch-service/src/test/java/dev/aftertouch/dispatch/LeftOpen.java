package dev.aftertouch.dispatch;

import dev.aftertouch.facts.TouchDue;
import java.util.List;

/** A dispatcher that dies at a chosen moment. */
public interface LeftOpen {
  /** Dies after the gate's commit, before a byte was written. */
  void claimAndCrash(List<TouchDue> touches);

  /** Dies after the provider's answer, before it was written down. */
  void sendAndCrash(List<TouchDue> touches);
}
