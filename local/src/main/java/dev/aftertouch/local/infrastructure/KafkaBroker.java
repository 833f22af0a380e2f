package dev.aftertouch.local.infrastructure;

import dev.aftertouch.local.process.ChildProcess;
import dev.aftertouch.local.process.ChildProcess.Command;
import dev.aftertouch.local.process.ClassArchives;
import dev.aftertouch.local.process.Java;
import dev.aftertouch.local.process.Pause;
import dev.aftertouch.local.process.Ports;
import dev.aftertouch.local.process.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** One Kafka broker that is its own controller (KRaft), in a JVM of its own. */
final class KafkaBroker {
  private static final int HEAP_MEGABYTES = 256;

  private final Path localTarget;
  private final Path data;
  private final Path log;
  private final int port;
  private final int controllerPort;
  private final ClassArchives archives;

  KafkaBroker(
      Path localTarget, Path data, Path log, int port, int controllerPort, ClassArchives archives) {
    this.localTarget = localTarget;
    this.data = data;
    this.log = log;
    this.port = port;
    this.controllerPort = controllerPort;
    this.archives = archives;
  }

  ChildProcess start() {
    Path configuration = data.resolve("server.properties");
    List<String> command = Java.smallAndBusy(HEAP_MEGABYTES);
    try {
      Files.createDirectories(data);
      Files.writeString(configuration, configuration());
      command.addAll(
          archives.arguments("kafka", libraries(), List.of(ProjectRoot.codeOf(BrokerMain.class))));
    } catch (IOException e) {
      throw new UncheckedIOException("Kafka could not be prepared in " + data, e);
    }
    command.addAll(
        List.of(
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSX",
            BrokerMain.class.getName(),
            configuration.toString()));
    return ChildProcess.start(new Command("kafka", command, data, log).with(Java.ENVIRONMENT));
  }

  private List<Path> libraries() throws IOException {
    try (Stream<Path> jars = Files.list(localTarget.resolve("broker-libs"))) {
      return jars.sorted().toList();
    }
  }

  /**
   * Waits until the broker takes connections; it opens its port only after it has recovered its
   * logs.
   */
  void awaitReady(ChildProcess process) {
    if (!Pause.until(Duration.ofSeconds(90), () -> Ports.answers(port) || !process.isAlive())
        || !process.isAlive()) {
      throw StartFailure.of("Kafka", log);
    }
  }

  /**
   * Nothing expires: the log is what projections are rebuilt from. Few partitions and small
   * buffers: one machine.
   */
  private String configuration() {
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
        controller.listener.names=CONTROLLER
        listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
        log.dirs=%3$s
        auto.create.topics.enable=false
        num.partitions=4
        log.retention.ms=-1
        log.segment.bytes=67108864
        log.index.size.max.bytes=1048576
        log.cleaner.dedupe.buffer.size=16777216
        num.network.threads=2
        num.io.threads=4
        background.threads=2
        offsets.topic.num.partitions=4
        offsets.topic.replication.factor=1
        transaction.state.log.num.partitions=4
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        share.coordinator.state.topic.num.partitions=1
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        group.initial.rebalance.delay.ms=0
        """
        .formatted(port, controllerPort, data.resolve("log"));
  }
}
