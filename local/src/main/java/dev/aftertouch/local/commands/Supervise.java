package dev.aftertouch.local.commands;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What {@code up --detach} runs in the background. */
@Command(name = "supervise", hidden = true)
public final class Supervise implements Callable<Integer> {
  @Option(names = "--speed")
  private double speed = 1;

  @Option(names = "--only", split = ",")
  private List<String> only = List.of();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return new Supervision(spec.commandLine().getOut(), speed, only).run();
  }
}
