package dev.aftertouch.dispatch.gating;

import dev.aftertouch.dispatch.Gate;
import dev.aftertouch.facts.TouchDue;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class OpenGate implements Gate {
  private final DispatchTouches dispatch;

  OpenGate(DispatchTouches dispatch) {
    this.dispatch = dispatch;
  }

  @Override
  public void dispatch(List<TouchDue> touches) {
    dispatch.dispatch(touches);
  }
}
