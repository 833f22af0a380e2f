package dev.aftertouch.local.system;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The JVMs that this project's modules build. The heap is in megabytes. */
public enum Service {
  PROVIDER_SANDBOX("provider-sandbox", "provider-sandbox", 128),
  GATEWAY("gateway", "gateway", 96),
  CAMPAIGN("campaign-service", "campaign", 96),
  ENROLLMENT("enrollment-service", "enrollment", 192),
  DISPATCH("dispatch-service", "dispatch", 256),
  ANALYTICS("analytics-service", "analytics", 160);

  private final String module;
  private final String shortName;
  private final int heapMegabytes;

  Service(String module, String shortName, int heapMegabytes) {
    this.module = module;
    this.shortName = shortName;
    this.heapMegabytes = heapMegabytes;
  }

  /** Name of its Maven module, of its log and of its line in the status. */
  public String module() {
    return module;
  }

  /** Name of its database and of its route. */
  public String shortName() {
    return shortName;
  }

  int heapMegabytes() {
    return heapMegabytes;
  }

  /** Whether every touch passes through it; the others have little to do. */
  boolean isOnHotPath() {
    return switch (this) {
      case GATEWAY, CAMPAIGN -> false;
      case PROVIDER_SANDBOX, ENROLLMENT, DISPATCH, ANALYTICS -> true;
    };
  }

  boolean hasDatabase() {
    return switch (this) {
      case PROVIDER_SANDBOX, GATEWAY -> false;
      case CAMPAIGN, ENROLLMENT, DISPATCH, ANALYTICS -> true;
    };
  }

  Path jar(Path projectRoot) {
    return projectRoot.resolve(module).resolve("target/aftertouch-" + module + ".jar");
  }

  /** By module name or short name. */
  public static Optional<Service> named(String name) {
    return Arrays.stream(values())
        .filter(service -> service.module.equals(name) || service.shortName.equals(name))
        .findFirst();
  }
}
