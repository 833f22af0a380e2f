package dev.aftertouch.local.commands;

import dev.aftertouch.local.ClockFile;
import dev.aftertouch.local.demo.CampaignLife;
import dev.aftertouch.local.process.ProjectRoot;
import dev.aftertouch.local.process.Trouble;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays the life of a campaign on the running system. */
@Command(name = "demo", description = "Plays the life of a campaign in under two minutes.")
public final class Demo implements Callable<Integer> {
  @Option(
      names = "--speed",
      description = "Virtual seconds per real second; 3600, an hour a second, unless told.")
  private double speed = 3600;

  @Option(names = "--days", description = "Ends after that many virtual days; 14 unless told.")
  private int days = 14;

  @Override
  public Integer call() throws IOException {
    if (!(speed >= 1 && speed <= 100_000)) {
      throw new Trouble("The speed must be from 1 to 100,000.");
    }
    RunningSystem running = RunningSystem.get();
    Path jobs = ProjectRoot.find().resolve("demo/jobs.csv");
    String gateway = running.urls().gateway();
    CampaignLife.play(
        new CampaignLife.Stage(
            gateway,
            running.urls().sandbox(),
            () -> SignIn.token(gateway, "owner@demo.example", "demo"),
            new ClockFile(RunningSystem.data().resolve("clock.properties")),
            Files.readString(jobs),
            speed,
            days,
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            CommandLine.Help.Ansi.AUTO.enabled()));
    return 0;
  }
}
