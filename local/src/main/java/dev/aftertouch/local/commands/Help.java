package dev.aftertouch.local.commands;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the page that the bash file prints too when nothing is built yet. */
@Command(name = "help", description = "Explains each command.")
public final class Help implements Callable<Integer> {
  @Override
  public Integer call() throws IOException {
    try (InputStream page = Help.class.getResourceAsStream("/help.txt")) {
      if (page == null) {
        throw new IllegalStateException("help.txt is not in the jar");
      }
      System.out.print(new String(page.readAllBytes(), StandardCharsets.UTF_8));
      return 0;
    }
  }
}
