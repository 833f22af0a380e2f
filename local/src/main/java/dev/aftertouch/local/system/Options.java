package dev.aftertouch.local.system;

import dev.aftertouch.local.process.ProjectRoot;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What to start and where.
 *
 * @param projectRoot where the modules with the services' jars are
 * @param data everything that lasts: databases, topics, secrets, the clock, logs
 * @param services which of ours to start; PostgreSQL, Kafka and the registry always run
 * @param speed virtual seconds per real second
 * @param keepAlive whether a service that dies is started again by itself
 * @param properties further properties for a service, which win over those that it gets anyway; for
 *     the sandbox they are environment variables such as {@code SANDBOX_SEED}
 * @param postgres further settings of PostgreSQL, which win over those that it gets anyway
 */
public record Options(
    Path projectRoot,
    Path data,
    SystemPorts ports,
    Set<Service> services,
    double speed,
    boolean keepAlive,
    Map<Service, Map<String, String>> properties,
    Map<String, String> postgres) {

  /**
   * All services on free ports with their data in the given directory: for tests and benchmarks.
   */
  public static Options onFreePorts(Path data) {
    return new Options(
        ProjectRoot.find(),
        data,
        SystemPorts.free(),
        EnumSet.allOf(Service.class),
        1,
        false,
        Map.of(),
        Map.of());
  }

  public Options withServices(Set<Service> chosen) {
    return new Options(projectRoot, data, ports, chosen, speed, keepAlive, properties, postgres);
  }

  public Options withSpeed(double virtualSecondsPerSecond) {
    return new Options(
        projectRoot,
        data,
        ports,
        services,
        virtualSecondsPerSecond,
        keepAlive,
        properties,
        postgres);
  }

  public Options withPorts(SystemPorts chosen) {
    return new Options(projectRoot, data, chosen, services, speed, keepAlive, properties, postgres);
  }

  public Options keepingAlive() {
    return new Options(projectRoot, data, ports, services, speed, true, properties, postgres);
  }

  public Options withProperties(Map<Service, Map<String, String>> further) {
    return new Options(projectRoot, data, ports, services, speed, keepAlive, further, postgres);
  }

  public Options withPostgres(Map<String, String> further) {
    return new Options(projectRoot, data, ports, services, speed, keepAlive, properties, further);
  }

  Path logs() {
    return data.resolve("logs");
  }

  Path log(String name) {
    return logs().resolve(name + ".log");
  }
}
