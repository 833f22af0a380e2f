package dev.aftertouch.dispatch;

import dev.aftertouch.facts.TouchDue;
import java.util.List;

/** The way in for the tests of other features. */
public interface Gate {
  /** Dispatches as the listener does. */
  void dispatch(List<TouchDue> touches);
}
