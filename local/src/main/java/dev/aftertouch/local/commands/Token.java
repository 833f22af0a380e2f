package dev.aftertouch.local.commands;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints an access token, for curl and the like. */
@Command(name = "token", description = "Prints an access token of a local user.")
public final class Token implements Callable<Integer> {
  @Parameters(paramLabel = "EMAIL", description = "Such as owner@demo.example.")
  private String email = "";

  @Option(names = "--password", description = "demo unless told.")
  private String password = "demo";

  @Override
  public Integer call() {
    System.out.println(SignIn.token(RunningSystem.get().urls().gateway(), email, password));
    return 0;
  }
}
