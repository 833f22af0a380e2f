package dev.aftertouch.local.system;

import dev.aftertouch.local.infrastructure.Servers;
import dev.aftertouch.local.process.Ports;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every TCP port of one system, all on 127.0.0.1. */
public record SystemPorts(
    int gateway,
    int campaign,
    int enrollment,
    int dispatch,
    int analytics,
    int sandbox,
    int smtp,
    int postgres,
    int kafka,
    int kafkaController,
    int registry) {

  public static final int STANDARD_BASE = 8000;

  /**
   * The ports of the documentation for base 8000 (gateway 8080, PostgreSQL 8432 …), shifted for
   * another base.
   */
  public static SystemPorts from(int base) {
    return new SystemPorts(
        base + 80,
        base + 101,
        base + 102,
        base + 103,
        base + 104,
        base + 90,
        base + 25,
        base + 432,
        base + 492,
        base + 493,
        base + 481);
  }

  /** Ports that nobody listens on now. */
  public static SystemPorts free() {
    return new SystemPorts(
        Ports.free(),
        Ports.free(),
        Ports.free(),
        Ports.free(),
        Ports.free(),
        Ports.free(),
        Ports.free(),
        Ports.free(),
        Ports.free(),
        Ports.free(),
        Ports.free());
  }

  /** The HTTP port of a service. */
  public int of(Service service) {
    return switch (service) {
      case PROVIDER_SANDBOX -> sandbox;
      case GATEWAY -> gateway;
      case CAMPAIGN -> campaign;
      case ENROLLMENT -> enrollment;
      case DISPATCH -> dispatch;
      case ANALYTICS -> analytics;
    };
  }

  Servers.Addresses servers() {
    return new Servers.Addresses(postgres, kafka, kafkaController, registry);
  }

  /** Ports by who listens on them. */
  Map<String, Integer> byName() {
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (Service service : Service.values()) {
      ports.put(service.module(), of(service));
    }
    ports.put("the sandbox's SMTP", smtp);
    ports.put("PostgreSQL", postgres);
    ports.put("Kafka", kafka);
    ports.put("Kafka's controller", kafkaController);
    ports.put("the schema registry", registry);
    return ports;
  }
}
