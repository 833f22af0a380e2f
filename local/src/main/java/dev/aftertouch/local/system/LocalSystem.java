package dev.aftertouch.local.system;

import dev.aftertouch.local.ClockFile;
import dev.aftertouch.local.infrastructure.Databases;
import dev.aftertouch.local.infrastructure.Infrastructure;
import dev.aftertouch.local.infrastructure.Servers;
import dev.aftertouch.local.infrastructure.ServiceDatabase;
import dev.aftertouch.local.process.ChildProcess;
import dev.aftertouch.local.process.ChildProcess.Command;
import dev.aftertouch.local.process.ClassArchives;
import dev.aftertouch.local.process.Pause;
import dev.aftertouch.local.process.Ports;
import dev.aftertouch.local.process.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A running system: three servers and our services as child processes, which end with this JVM
 * however it ends.
 *
 * <p>An instance is named like its module; further instances of a service get a number ({@code
 * enrollment-service-2}). What was killed stays down until {@link #restart}, except where the
 * options say that services are kept alive.
 */
public final class LocalSystem implements AutoCloseable {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

  private final Options options;
  private final StartProgress progress;
  private final LocalSecrets secrets;
  private final ClockFile clock;
  private final Servers servers;
  private final ClassArchives archives;
  private final ServiceProperties properties;
  private final Map<String, Instance> instances = new LinkedHashMap<>();

  /** Held by who starts an instance in place of one that has ended: one of them is enough. */
  private final Lock replacing = new ReentrantLock();

  private volatile boolean closing;
  private Thread archiving = Thread.ofVirtual().unstarted(() -> {});

  private record Instance(Service service, String name, int port, ChildProcess process) {}

  private LocalSystem(
      Options options,
      StartProgress progress,
      LocalSecrets secrets,
      ClockFile clock,
      Servers servers,
      ClassArchives archives) {
    this.options = options;
    this.progress = progress;
    this.secrets = secrets;
    this.clock = clock;
    this.servers = servers;
    this.archives = archives;
    this.properties = new ServiceProperties(options, secrets, servers.infrastructure());
  }

  /** Starts everything and returns when all of it is ready; on failure nothing is left running. */
  public static LocalSystem start(Options options) {
    return start(options, StartProgress.SILENT);
  }

  public static LocalSystem start(Options options, StartProgress progress) {
    Preflight.check(options);
    LocalSecrets secrets = LocalSecrets.in(options.data().resolve("secrets.properties"));
    ClockFile clock = new ClockFile(options.data().resolve("clock.properties"));
    clock.resume(options.speed());
    ClassArchives archives = archives(options);
    Servers servers =
        Servers.start(
            new Servers.Options(
                ProjectRoot.find().resolve("local/target"),
                options.data(),
                options.logs(),
                options.ports().servers(),
                secrets.superuserPassword(),
                archives,
                options.postgres()),
            progress);
    LocalSystem system = new LocalSystem(options, progress, secrets, clock, servers, archives);
    try {
      system.startServices();
      system.watch();
      system.archiving = Thread.ofVirtual().name("archive").start(system::archive);
      return system;
    } catch (RuntimeException e) {
      system.close();
      throw e;
    }
  }

  /** Only what is kept running makes the archives that are missing; others use what is there. */
  private static ClassArchives archives(Options options) {
    Path directory = options.projectRoot().resolve("local/target/archives");
    return options.keepAlive()
        ? ClassArchives.listing(directory, options.data().resolve("classes"))
        : ClassArchives.in(directory);
  }

  private void archive() {
    try {
      archives.makeMissing(options.log("archives"), () -> closing);
    } catch (IOException | UncheckedIOException e) {
      progress.failed("archives", String.valueOf(e.getMessage()));
    }
  }

  /** How many programs were started from an archive of their classes. */
  public int classArchives() {
    return archives.used();
  }

  /** Waits until the archives that were missing are made for the next start. */
  public void awaitArchives() throws InterruptedException {
    archiving.join();
  }

  /** A few at a time: more would only share the same cores, and all be late. */
  private void startServices() {
    int atATime = Math.max(3, Runtime.getRuntime().availableProcessors());
    AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(atATime)) {
      List<CompletableFuture<?>> starting = new ArrayList<>();
      for (Service service : options.services()) {
        starting.add(CompletableFuture.runAsync(() -> launchOrEndAll(service, failure), threads));
      }
      CompletableFuture.allOf(starting.toArray(CompletableFuture[]::new)).join();
    }
    RuntimeException first = failure.get();
    if (first != null) {
      throw first;
    }
  }

  /** The first failure is the one to tell: the others end because of it. */
  private void launchOrEndAll(
      Service service, AtomicReference<@Nullable RuntimeException> failure) {
    try {
      if (failure.get() == null) {
        launch(service, service.module(), options.ports().of(service));
      }
    } catch (RuntimeException e) {
      if (failure.compareAndSet(null, e)) {
        allInstances().forEach(instance -> instance.process().letGo());
      }
    }
  }

  private List<Instance> allInstances() {
    synchronized (instances) {
      return List.copyOf(instances.values());
    }
  }

  private void launch(Service service, String name, int port) {
    progress.starting(name);
    Optional<ServiceDatabase> database =
        service.hasDatabase()
            ? Optional.of(Databases.ensure(infrastructure(), service.shortName()))
            : Optional.empty();
    Path configuration = properties.write(service, name, port, database);
    ServiceCommand command = new ServiceCommand(options, secrets, archives);
    ChildProcess process =
        ChildProcess.start(
            new Command(
                    name, command.line(service, configuration), options.data(), options.log(name))
                .with(command.environment(service))
                .stoppedBy("TERM", STOP_WITHIN));
    synchronized (instances) {
      instances.put(name, new Instance(service, name, port, process));
    }
    Readiness.await(service, "http://127.0.0.1:" + port, process);
    progress.ready(name, process);
  }

  /** One more instance of a service, on a free port. Returns its name. */
  public String startAnother(Service service) {
    if (!service.hasDatabase()) {
      throw new IllegalArgumentException("There is one " + service.module() + " only.");
    }
    int number = 2;
    while (instance(service.module() + "-" + number).isPresent()) {
      number++;
    }
    String name = service.module() + "-" + number;
    launch(service, name, Ports.free());
    return name;
  }

  /** kill -9, as a crash would do it. */
  public void kill(Service service) {
    kill(service.module());
  }

  /** The same of an instance or of a server: postgres, kafka, registry. */
  public void kill(String name) {
    process(name).kill();
  }

  /** Freezes an instance or a server where it stands, until {@link #thaw}. */
  public void freeze(String name) {
    process(name).freeze();
  }

  public void thaw(String name) {
    process(name).thaw();
  }

  /** Whether an instance or a server runs. */
  public boolean isAlive(String name) {
    return process(name).isAlive();
  }

  private ChildProcess process(String name) {
    ChildProcess server = servers.processes().get(name);
    return server != null ? server : running(name).process();
  }

  /** Ends a service politely. */
  public void stop(Service service) {
    running(service.module()).process().stop();
  }

  /** Starts it again, after stopping it where it still runs; returns when it is ready. */
  public void restart(Service service) {
    restart(service.module());
  }

  /** The same of an instance or of a server: postgres, kafka, registry. */
  public void restart(String name) {
    if (servers.processes().containsKey(name)) {
      servers.restart(name);
      return;
    }
    replacing.lock();
    try {
      Instance instance = running(name);
      instance.process().stop();
      launch(instance.service(), name, instance.port());
    } finally {
      replacing.unlock();
    }
  }

  private Instance running(String name) {
    return instance(name).orElseThrow(() -> new IllegalArgumentException("Never started: " + name));
  }

  private Optional<Instance> instance(String name) {
    synchronized (instances) {
      return Optional.ofNullable(instances.get(name));
    }
  }

  /**
   * Writes the virtual time down every second, and starts dead services again where that is wanted.
   */
  private void watch() {
    Thread.ofVirtual()
        .name("watch")
        .start(
            () -> {
              while (!Pause.until(Duration.ofSeconds(1), () -> closing)) {
                try {
                  clock.markSeen();
                } catch (UncheckedIOException full) {
                  // The disk may have room again in a second; whoever died needs to be revived.
                }
                if (options.keepAlive()) {
                  reviveDead();
                }
              }
            });
  }

  private void reviveDead() {
    replacing.lock();
    try {
      allInstances().stream()
          .filter(instance -> !instance.process().isAlive() && !closing)
          .forEach(this::revive);
    } finally {
      replacing.unlock();
    }
  }

  private void revive(Instance dead) {
    progress.died(dead.name(), dead.process());
    try {
      launch(dead.service(), dead.name(), dead.port());
    } catch (RuntimeException e) {
      progress.failed(dead.name(), String.valueOf(e.getMessage()));
    }
  }

  /** Process ids by name, of the servers and of all instances that are alive. */
  public Map<String, Long> pids() {
    Map<String, Long> pids = new LinkedHashMap<>();
    servers.processes().forEach((name, process) -> pids.put(name, process.pid()));
    synchronized (instances) {
      instances.values().stream()
          .filter(instance -> instance.process().isAlive())
          .forEach(instance -> pids.put(instance.name(), instance.process().pid()));
    }
    return pids;
  }

  public Urls urls() {
    return new Urls(options.ports());
  }

  public ClockFile clock() {
    return clock;
  }

  public Infrastructure infrastructure() {
    return servers.infrastructure();
  }

  /** The database of a service, with all its sign-ins. */
  public ServiceDatabase database(Service service) {
    return Databases.ensure(infrastructure(), service.shortName());
  }

  public LocalSecrets secrets() {
    return secrets;
  }

  /** The log of a server or an instance. */
  public Path log(String name) {
    return options.log(name);
  }

  /** Ends the services, then the servers. The data stay. */
  @Override
  public void close() {
    closing = true;
    clock.markSeen();
    List<Instance> all = allInstances();
    all.forEach(instance -> instance.process().letGo());
    all.forEach(instance -> instance.process().stop());
    servers.close();
  }

  /** Deletes all data of a system that is not running. */
  public static void deleteData(Path data) {
    try {
      UnpackedApplication.delete(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
