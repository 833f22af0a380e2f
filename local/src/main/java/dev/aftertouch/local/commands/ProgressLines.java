package dev.aftertouch.local.commands;

import dev.aftertouch.local.process.ChildProcess;
import dev.aftertouch.local.system.StartProgress;
import java.io.PrintWriter;

/** One line per server and service as it becomes ready, with the seconds since the start of all. */
final class ProgressLines implements StartProgress {
  private final PrintWriter out;
  private final long begin = System.nanoTime();

  ProgressLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void starting(String name) {
    line(name, "starting");
  }

  @Override
  public void ready(String name, ChildProcess process) {
    line(name, "ready");
  }

  @Override
  public void died(String name, ChildProcess process) {
    line(name, "ended by itself, see " + process.log() + "; starting it again");
  }

  @Override
  public void failed(String name, String why) {
    line(name, why);
  }

  void allReady() {
    line("Aftertouch", "ready");
  }

  private synchronized void line(String name, String state) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    out.printf("%6.1f s  %-20s %s%n", seconds, name, state);
    out.flush();
  }
}
