package dev.aftertouch.local.commands;

import dev.aftertouch.local.process.Pause;
import dev.aftertouch.local.process.ProjectRoot;
import dev.aftertouch.local.process.Trouble;
import dev.aftertouch.local.system.LocalSystem;
import dev.aftertouch.local.system.Options;
import dev.aftertouch.local.system.Service;
import dev.aftertouch.local.system.SystemPorts;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Owns the system from its start until this process is asked to end. */
final class Supervision {
  private final PrintWriter out;
  private final double speed;
  private final Set<Service> services;

  Supervision(PrintWriter out, double speed, List<String> only) {
    this.out = out;
    this.speed = speed;
    this.services = chosen(only);
  }

  private static Set<Service> chosen(List<String> only) {
    Set<Service> services =
        only.isEmpty() ? EnumSet.allOf(Service.class) : EnumSet.noneOf(Service.class);
    for (String name : only) {
      services.add(
          Service.named(name)
              .orElseThrow(
                  () -> new Trouble("There is no service " + name + "; see ./aftertouch status.")));
    }
    return services;
  }

  /** Returns when the process is asked to end; ends the children on the way out. */
  int run() {
    int base = RunningSystem.chosenPortBase();
    RunningSystem.write(false, base, Map.of());
    Options options =
        new Options(
            ProjectRoot.find(),
            RunningSystem.data(),
            SystemPorts.from(base),
            services,
            speed,
            true,
            Map.of(),
            Map.of());
    ProgressLines progress = new ProgressLines(out);
    CountDownLatch ended = new CountDownLatch(1);
    try (LocalSystem system = LocalSystem.start(options, progress)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(system, ended)));
      RunningSystem.write(true, base, system.pids());
      progress.allReady();
      RunningSystem.find().ifPresent(running -> Addresses.print(out, running));
      keepStateCurrent(system, base, ended);
    } finally {
      RunningSystem.forget();
    }
    return 0;
  }

  private static void end(LocalSystem system, CountDownLatch ended) {
    ended.countDown();
    system.close();
    RunningSystem.forget();
  }

  /** Process ids change when a service is started again. */
  private static void keepStateCurrent(LocalSystem system, int base, CountDownLatch ended) {
    Map<String, Long> written = system.pids();
    while (!Pause.until(Duration.ofSeconds(1), () -> ended.getCount() == 0)) {
      Map<String, Long> pids = system.pids();
      if (!pids.equals(written)) {
        RunningSystem.write(true, base, pids);
        written = pids;
      }
    }
  }
}
