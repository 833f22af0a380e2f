package dev.aftertouch.local;

import dev.aftertouch.local.commands.Bench;
import dev.aftertouch.local.commands.ChaosRun;
import dev.aftertouch.local.commands.Demo;
import dev.aftertouch.local.commands.Down;
import dev.aftertouch.local.commands.Help;
import dev.aftertouch.local.commands.Import;
import dev.aftertouch.local.commands.Logs;
import dev.aftertouch.local.commands.Status;
import dev.aftertouch.local.commands.Supervise;
import dev.aftertouch.local.commands.Token;
import dev.aftertouch.local.commands.Up;
import dev.aftertouch.local.process.Trouble;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/**
 * The command {@code ./aftertouch}. Its bash file finds a JDK and builds first, and answers {@code
 * test} and {@code help} itself.
 */
@Command(
    name = "./aftertouch",
    subcommands = {
      Up.class,
      Supervise.class,
      Demo.class,
      Down.class,
      Status.class,
      Logs.class,
      Token.class,
      Import.class,
      Bench.class,
      ChaosRun.class,
      Help.class
    })
public final class Aftertouch {
  private Aftertouch() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments.length == 0 ? new String[] {"help"} : arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Aftertouch()).setExecutionExceptionHandler(sayWhatToDo());
  }

  /** Troubles are told in their own words; anything else is a defect, and keeps its stack trace. */
  private static IExecutionExceptionHandler sayWhatToDo() {
    return (exception, commandLine, parsed) -> {
      if (!(exception instanceof Trouble)) {
        throw exception;
      }
      commandLine.getErr().println(exception.getMessage());
      return 1;
    };
  }
}
